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
     22.600  --        stop-daemon node2
     22.600  node2     this daemon shuts down and hands its services over
     22.604  node1     node2 has left in order, it holds nothing
     23.600  --        crash node2
     23.600  --        node2: loses its power
     29.084  --        node1: DRBD has lost its peer, and is frozen
     29.085  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     29.085  node1     the disks of mail are no longer connected
     29.085  node1     the frozen disk of mail goes on without its peer
     29.089  node1     the kernel asks what became of the other copy of mail
     29.089  node1     the kernel is told what became of the other copy of mail: answer 5
     29.089  --        node1: the fence-peer handler answers 5
     29.091  node1     the disk of mail is no longer frozen
