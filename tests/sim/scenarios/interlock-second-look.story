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
     20.713  node1     node1 is elected for mail
     20.776  node2     node1 is elected for mail
     21.716  node1     node1 has acquired mail, epoch 1
     21.716  node2     node1 has acquired mail, epoch 1
     22.854  node1     mail is active on node1, after 1.1 s
     22.854  --        node1: serves mail
     22.857  node2     mail is active on node1, after 0.0 s
     22.900  --        stop mail
     22.900  node1     the operator stops mail
     23.652  node1     node1 has released mail
     23.653  node2     node1 has released mail
     23.655  --        the command is answered: done
     23.700  --        freeze-daemon node1
     28.657  node2     the daemon of node1 has been silent for 5.0 s
     31.700  --        fail node2 mail drbd start slow 1
     31.700  --        start mail
     31.700  node2     the operator starts mail
     31.700  node2     node2 is elected for mail
     31.700  --        repl-cut
     31.702  node2     node2 has acquired mail, epoch 2
     37.212  node2     the disks of mail are no longer connected
     58.890  node2     node2 has released mail
     58.892  node2     node2 is elected for mail
