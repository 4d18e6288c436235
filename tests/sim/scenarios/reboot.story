      0.000  --        boot node1
      0.000  --        node1: is switched on
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
     22.661  node1     mail is active on node1, after 0.8 s
     22.661  --        node1: serves mail
     22.663  node2     mail is active on node1, after 0.0 s
     22.700  --        reboot node1
     22.700  node1     this daemon shuts down and hands its services over
     23.874  node1     node1 has released mail
     23.877  node2     node1 has released mail
     23.877  node2     node2 is elected for mail
     23.879  node2     node1 has left in order, it holds nothing
     23.883  node2     node2 has acquired mail, epoch 2
     24.814  node2     mail is active on node2, after 0.9 s
     24.814  --        node2: serves mail
