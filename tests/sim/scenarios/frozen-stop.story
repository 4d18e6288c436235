      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.780  node1     node2 has joined
     20.780  node2     node1 has joined
     20.781  node1     this partition is quorate
     20.783  node2     this partition is quorate
     21.889  node2     node1 is elected for mail
     21.890  node1     node1 is elected for mail
     21.891  node2     node1 has acquired mail, epoch 1
     21.893  node1     node1 has acquired mail, epoch 1
     22.661  node1     mail is active on node1, after 0.8 s
     22.661  --        node1: serves mail
     22.663  node2     mail is active on node1, after 0.0 s
     22.700  --        fence-fails node2 on
     22.700  --        crash node2
     22.700  --        node2: loses its power
     23.302  --        node1: DRBD has lost its peer, and is frozen
     23.302  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     23.302  node1     the disks of mail are no longer connected
     23.307  node1     the kernel asks what became of the other copy of mail
     24.565  node1     contact with node2 is lost
     24.568  node1     node2 is being fenced
     26.750  node1     fencing node2 has failed; it is tried again in 5.0 s
     31.751  node1     node2 is being fenced
     32.671  node1     fencing node2 has failed; it is tried again in 10 s
     42.308  node1     the kernel is told what became of the other copy of mail: answer 1
     42.308  --        node1: the fence-peer handler answers 1
     42.672  node1     node2 is being fenced
     42.700  --        stop mail
     42.700  node1     the operator stops mail
     43.885  node1     fencing node2 has failed; it is tried again in 20 s
     63.886  node1     node2 is being fenced
     65.562  node1     fencing node2 has failed; it is tried again in 40 s
    102.700  --        fence-fails node2 off
    105.563  node1     node2 is being fenced
    107.653  node1     node2 is fenced: it is switched off
    107.653  node1     the frozen disk of mail goes on without its peer
    107.885  node1     the disk of mail is no longer frozen
    108.776  node1     node1 has released mail
    108.779  --        the command is answered: done
