      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     20.545  node1     this partition is quorate
     20.545  node2     this partition is quorate
     21.768  node1     node1 is elected for mail
     21.768  node2     node1 is elected for mail
     21.770  node1     node1 has acquired mail, epoch 1
     21.770  node2     node1 has acquired mail, epoch 1
     22.537  node1     mail is active on node1, after 0.8 s
     22.537  --        node1: serves mail
     22.539  node2     mail is active on node1, after 0.0 s
     22.600  --        freeze-daemon node1
     22.600  --        break node1 mail filesystem
     22.600  --        kill-daemon node1
     22.603  node2     the daemon of node1 is gone
     22.606  node2     node2 is elected for mail
     22.900  --        node1: the daemon starts
     22.901  node2     node1 has joined
     22.903  node1     node2 has joined
     22.906  node1     this partition is quorate
     23.179  node1     mail is partly up here, what is up is stopped
     24.101  node1     node1 has released mail
     24.102  node1     node1 is elected for mail
     24.103  node2     node1 has released mail
     24.103  node2     node1 is elected for mail
     24.103  node1     node1 has acquired mail, epoch 2
     24.105  node2     node1 has acquired mail, epoch 2
     25.304  node1     mail is active on node1, after 1.2 s
     25.306  node2     mail is active on node1, after 0.0 s
