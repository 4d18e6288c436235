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
     22.600  --        fence-fails node2 on
     22.600  --        crash node2
     22.600  --        node2: loses its power
     24.398  node1     contact with node2 is lost
     26.583  --        node1: DRBD has lost its peer, and is frozen
     26.585  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.585  node1     the disks of mail are no longer connected
     26.585  node1     node2 is being fenced
     26.588  node1     the kernel asks what became of the other copy of mail
     27.821  node1     fencing node2 has failed; it is tried again in 5.0 s
     32.821  node1     node2 is being fenced
     33.706  node1     fencing node2 has failed; it is tried again in 10 s
     42.600  --        sick node1 mail zimbra
     43.706  node1     node2 is being fenced
     45.419  node1     fencing node2 has failed; it is tried again in 20 s
     45.588  node1     the kernel is told what became of the other copy of mail: answer 1
     45.588  --        node1: the fence-peer handler answers 1
     65.419  node1     node2 is being fenced
     66.272  node1     fencing node2 has failed; it is tried again in 40 s
    102.600  --        fence-fails node2 off
    106.272  node1     node2 is being fenced
    108.177  node1     node2 is fenced: it is switched off
    108.177  node1     the frozen disk of mail goes on without its peer
    108.383  node1     the disk of mail is no longer frozen
