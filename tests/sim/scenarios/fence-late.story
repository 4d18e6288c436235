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
     22.600  --        fence-slow node2 4000ms
     22.600  --        pause node2
     24.417  node1     contact with node2 is lost
     26.539  --        node1: DRBD has lost its peer, and is frozen
     26.541  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.541  node1     the disks of mail are no longer connected
     26.541  node1     node2 is being fenced
     26.544  node1     the kernel asks what became of the other copy of mail
     26.600  --        thaw node2
     27.437  node1     node2 has joined
     27.437  node2     contact with node1 is lost
     27.437  node2     node1 has joined
     27.440  node2     mail is active on node1, after 0.0 s
     30.541  --        node2: is switched off by a fence agent
     30.541  node1     node2 was switched off after it had come back, so that proves nothing; it is switched on again
     32.360  node1     contact with node2 is lost
     34.541  --        node2: is switched on
     34.541  node1     node2 is switched on again
     34.541  node1     node2 is being fenced
     38.541  --        node2: is switched off by a fence agent
     38.541  node1     node2 is fenced: it is switched off
     38.541  node1     the kernel is told what became of the other copy of mail: answer 7
     38.541  --        node1: the fence-peer handler answers 7
     38.544  node1     the disk of mail is no longer frozen
     42.541  --        node2: is switched on
     42.541  node1     node2 is switched on again
     63.041  --        node2: the daemon starts
     63.044  node1     node2 has joined
     63.044  node2     node1 has joined
     63.045  node2     this partition is quorate
     63.046  node2     mail is active on node1, after 0.0 s
