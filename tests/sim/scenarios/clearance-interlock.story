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
     22.600  --        stop mail
     22.600  node1     the operator stops mail
     23.777  node1     node1 has released mail
     23.780  --        the command is answered: done
     23.780  node2     node1 has released mail
     23.800  --        freeze-daemon node1
     28.782  node2     the daemon of node1 has been silent for 5.0 s
     31.800  --        start mail
     31.800  node2     the operator starts mail
     31.800  node2     node2 is elected for mail
     31.801  node2     node2 has acquired mail, epoch 2
     32.240  node2     mail is active on node2, after 0.4 s
     32.240  --        node2: serves mail
     32.241  --        the command is answered: done
