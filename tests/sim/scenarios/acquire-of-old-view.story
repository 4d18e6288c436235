      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     20.546  node1     this partition is quorate
     20.550  node2     this partition is quorate
     20.720  node1     node1 is elected for mail
     20.736  node2     node1 is elected for mail
     21.721  node1     node1 has acquired mail, epoch 1
     21.723  node2     node1 has acquired mail, epoch 1
     22.239  node1     mail is active on node1, after 0.5 s
     22.239  --        node1: serves mail
     22.241  node2     mail is active on node1, after 0.0 s
     30.000  --        standby node1
     30.000  node1     node1 is in standby
     30.000  --        standby node2
     30.000  node1     node2 is in standby
     30.000  --        the command is answered: done
     30.768  node1     node1 has released mail
     30.770  node2     node1 has released mail
     60.000  --        on node2 online node2
     60.000  node2     node2 is online
     60.000  node2     node2 is elected for mail
     60.000  --        the command is answered: done
     60.000  --        cut node2
     60.000  --        on node1 online node1
     60.000  node1     node1 is online
     60.000  --        the command is answered: done
     60.002  node2     node2 has acquired mail, epoch 2
     60.802  node2     mail is active on node2, after 0.8 s
     60.802  --        node2: serves mail
     61.995  node1     contact with node2 is lost
     62.038  node2     contact with node1 is lost
