      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.566  node1     node2 has joined
     20.566  node2     node1 has joined
     20.567  node1     this partition is quorate
     20.570  node2     this partition is quorate
     20.810  node1     node1 is elected for mail
     20.815  node2     node1 is elected for mail
     21.812  node2     node1 has acquired mail, epoch 1
     21.813  node1     node1 has acquired mail, epoch 1
     22.767  node1     mail is active on node1, after 1.0 s
     22.767  --        node1: serves mail
     22.768  node2     mail is active on node1, after 0.0 s
     22.800  --        stop mail
     22.800  node1     the operator stops mail
     23.703  node1     node1 has released mail
     23.704  --        the command is answered: done
     23.706  node2     node1 has released mail
     23.800  --        freeze-daemon node1
     28.709  node2     the daemon of node1 has been silent for 5.0 s
     31.800  --        fail node2 mail drbd start slow 1
     31.800  --        start mail
     31.800  node2     the operator starts mail
     31.800  node2     node2 is elected for mail
     31.800  --        repl-cut
     31.802  node2     node2 has acquired mail, epoch 2
     37.312  node2     the disks of mail are no longer connected
     58.990  node2     node2 has released mail
