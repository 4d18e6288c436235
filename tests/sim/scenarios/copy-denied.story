      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.503  node1     node2 has joined
     20.503  node2     node1 has joined
     20.504  node1     this partition is quorate
     20.505  node2     this partition is quorate
     20.979  node2     node1 is elected for mail
     20.980  node1     node1 is elected for mail
     20.981  node1     node1 has acquired mail, epoch 1
     20.982  node2     node1 has acquired mail, epoch 1
     21.924  node1     mail is active on node1, after 0.9 s
     21.924  --        node1: serves mail
     21.927  node2     mail is active on node1, after 0.0 s
     43.944  --        pause node2
     45.707  node1     contact with node2 is lost
     45.765  --        node1: DRBD has lost its peer, and is frozen
     45.765  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     45.765  node1     the disks of mail are no longer connected
     45.765  node1     the frozen disk of mail goes on without its peer
     45.770  node1     the kernel asks what became of the other copy of mail
     45.770  node1     the kernel is told what became of the other copy of mail: answer 5
     45.770  --        node1: the fence-peer handler answers 5
     45.773  node1     the disk of mail is no longer frozen
     52.957  --        thaw node2
     52.996  --        stop-daemon node1
     52.996  node1     this daemon shuts down and hands its services over
     53.911  node1     node2 has joined
     53.911  node2     contact with node1 is lost
     53.911  node2     node1 has joined
     54.165  node1     node1 has released mail
     54.167  node2     node1 has released mail
     54.169  node2     node1 has left in order, it holds nothing
     54.483  node2     the disks of mail are no longer connected
     58.572  node2     node2 is elected for mail
     58.574  node2     node2 has acquired mail, epoch 2
     59.127  node2     mail is active on node2, after 0.6 s
     59.127  --        node2: serves mail
     82.996  --        start-daemon node1
     82.996  --        node1: the daemon starts
