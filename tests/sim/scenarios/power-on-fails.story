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
     22.600  --        cut node2
     24.398  node2     contact with node1 is lost
     24.404  node2     node2 is elected for mail
     24.417  node1     contact with node2 is lost
     26.583  --        node1: DRBD has lost its peer, and is frozen
     26.584  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.584  node1     the disks of mail are no longer connected
     26.584  node1     node2 is being fenced
     26.588  node1     the kernel asks what became of the other copy of mail
     27.723  node2     the disks of mail are no longer connected
     28.201  --        node2: is switched off by a fence agent
     28.201  node1     node2 is fenced: it is switched off
     28.201  node1     the kernel is told what became of the other copy of mail: answer 7
     28.201  --        node1: the fence-peer handler answers 7
     28.201  --        fence-fails node2 on
     28.202  node1     the disk of mail is no longer frozen
     30.477  node1     node2 could not be switched on again
