      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.504  node1     this partition is quorate
     20.925  node2     node2 is elected for mail
     20.926  node1     node1 is elected for mail
     20.948  node1     node2 has joined
     20.948  node2     node1 has joined
     21.928  node1     node1 has acquired mail, epoch 1
     21.928  node2     node1 has acquired mail, epoch 1
     22.927  node1     mail is active on node1, after 1.0 s
     22.927  --        node1: serves mail
     22.929  node2     mail is active on node1, after 0.0 s
     23.000  --        fence-slow node2 25000ms
     23.000  --        cut node1 node2
     23.761  node2     the disks of mail are no longer connected
     24.219  --        node1: DRBD has lost its peer, and is frozen
     24.219  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     24.219  node1     the disks of mail are no longer connected
     24.224  node1     the kernel asks what became of the other copy of mail
     24.710  node2     contact with node1 is lost
     24.961  node1     contact with node2 is lost
     25.227  node1     node2 is being fenced
