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
     22.700  --        standby node2
     22.700  node1     node2 is in standby
     22.700  --        the command is answered: done
     23.700  --        crash node2
     23.700  --        node2: loses its power
     23.700  --        store-lost node2
     25.412  node1     contact with node2 is lost
     27.329  --        node1: DRBD has lost its peer, and is frozen
     27.331  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     27.331  node1     the disks of mail are no longer connected
     27.331  node1     the frozen disk of mail goes on without its peer
     27.334  node1     the kernel asks what became of the other copy of mail
     27.334  node1     the kernel is told what became of the other copy of mail: answer 5
     27.334  --        node1: the fence-peer handler answers 5
     27.334  node1     the disk of mail is no longer frozen
     33.700  --        boot node2
     33.700  --        node2: is switched on
     54.200  --        node2: the daemon starts
     54.250  node1     node2 has joined
     54.250  node2     node1 has joined
     54.251  node2     this partition is quorate
     54.252  node2     mail is active on node1, after 0.0 s
     73.700  --        move mail node2
     73.700  --        the command is answered: refused
