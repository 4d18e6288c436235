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
     22.700  --        fail node2 mail drbd outdate fails 1
     22.700  --        repl-cut
     23.283  node2     the disks of mail are no longer connected
     26.053  --        node1: DRBD has lost its peer, and is frozen
     26.054  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.054  node1     the disks of mail are no longer connected
     26.055  node2     the copy of mail here is marked outdated: node1 goes on without it
     26.058  node1     the kernel asks what became of the other copy of mail
     26.282  node2     the copy of mail here could not be marked outdated; it is tried again
     28.056  node2     the copy of mail here is marked outdated: node1 goes on without it
     28.256  node1     the kernel is told what became of the other copy of mail: answer 4
     28.256  --        node1: the fence-peer handler answers 4
     28.257  node1     the disk of mail is no longer frozen
