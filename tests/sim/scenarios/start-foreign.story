      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        foreign mail on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.780  node1     node2 has joined
     20.780  node2     node1 has joined
     20.781  node1     this partition is quorate
     20.783  node2     this partition is quorate
     21.889  node2     node1 is elected for mail
     21.890  node1     node1 is elected for mail
     21.891  node2     node1 has acquired mail, epoch 1
     21.893  node1     node1 has acquired mail, epoch 1
     22.388  node1     address of mail is used by another machine
     22.787  node1     node1 has released mail
     22.789  node2     node1 has released mail
     22.789  node2     node1 is elected for mail
     60.000  --        foreign mail off
     63.393  node1     node1 has acquired mail, epoch 2
     63.395  node2     node1 has acquired mail, epoch 2
     64.508  node1     mail is active on node1, after 1.1 s
     64.508  --        node1: serves mail
     64.509  node2     mail is active on node1, after 0.0 s
