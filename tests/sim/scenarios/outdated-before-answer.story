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
     25.600  --        repl-cut
     31.239  --        node1: DRBD has lost its peer, and is frozen
     31.242  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     31.242  node1     the disks of mail are no longer connected
     31.244  node1     the kernel asks what became of the other copy of mail
     32.991  node2     the disks of mail are no longer connected
     32.991  node2     the copy of mail here is marked outdated: node1 goes on without it
     33.066  node1     the kernel is told what became of the other copy of mail: answer 4
     33.066  --        node1: the fence-peer handler answers 4
     33.066  --        ring-cut node2
     33.067  node1     the disk of mail is no longer frozen
     34.805  node1     contact with node2 is lost
     34.808  node1     node2 is being fenced
     35.066  --        crash node1
     35.066  --        node1: loses its power
     37.152  node2     contact with node1 is lost
     65.600  --        heal
     65.600  --        boot node1
     65.600  --        node1: is switched on
     86.100  --        node1: the daemon starts
     86.103  node1     node2 has joined
     86.103  node2     node1 has joined
     86.106  node1     this partition is quorate
     86.363  node1     node1 is elected for mail
     86.363  node2     node1 has released mail
     86.363  node2     node1 is elected for mail
     86.364  node1     node1 has acquired mail, epoch 2
     86.364  node2     node1 has acquired mail, epoch 2
     87.202  node1     mail is active on node1, after 0.8 s
     87.204  node2     mail is active on node1, after 0.0 s
