      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.500  node3     the watchdog is armed, it fires after 10 s
     20.501  node1     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node2     node1 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     node1 has joined
     20.503  node3     node2 has joined
     20.504  node3     this partition is quorate
     20.506  node2     this partition is quorate
     20.731  node1     node1 is elected for mail
     20.736  node3     node1 is elected for mail
     20.825  node2     node1 is elected for mail
     21.732  node2     node1 has acquired mail, epoch 1
     21.732  node3     node1 has acquired mail, epoch 1
     21.734  node1     node1 has acquired mail, epoch 1
     22.422  node1     mail is active on node1, after 0.7 s
     22.422  --        node1: serves mail
     22.425  node2     mail is active on node1, after 0.0 s
     22.425  node3     mail is active on node1, after 0.0 s
     27.500  --        cut node2
     29.207  node1     contact with node2 is lost
     29.207  node3     contact with node2 is lost
     29.652  node2     contact with node1 is lost
     29.652  node2     contact with node3 is lost
     29.656  node2     this partition is not quorate
     29.656  node2     node2 is elected for mail
     33.533  node2     the disks of mail are no longer connected
     36.394  --        node1: DRBD has lost its peer, and is frozen
     36.394  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     36.394  node1     the disks of mail are no longer connected
     36.399  node1     the kernel asks what became of the other copy of mail
     37.537  node2     this node has not belonged to the majority for the time of its lease: its copies no longer count as current by themselves
     40.711  node1     the kernel is told what became of the other copy of mail: answer 5
     40.711  --        node1: the fence-peer handler answers 5
     40.714  node1     the disk of mail is no longer frozen
     67.500  --        crash node1
     67.500  --        node1: loses its power
     68.500  --        heal
     69.603  node2     node3 has joined
     69.603  node3     contact with node1 is lost
     69.603  node3     node2 has joined
     69.606  node2     this partition is quorate
    158.500  --        boot node1
    158.500  --        node1: is switched on
    179.000  --        node1: the daemon starts
    179.000  node1     the watchdog is armed, it fires after 10 s
    179.001  node2     node1 has joined
    179.002  node3     node1 has joined
    179.003  node1     node2 has joined
    179.003  node1     node3 has joined
    179.004  node1     this partition is quorate
    179.163  node3     node1 has released mail
    179.163  node3     node1 is elected for mail
    179.164  node2     node1 has released mail
    179.164  node2     node1 is elected for mail
    179.165  node1     node1 is elected for mail
    179.167  node2     node1 has acquired mail, epoch 2
    179.167  node3     node1 has acquired mail, epoch 2
    179.168  node1     node1 has acquired mail, epoch 2
    179.429  node1     the kernel asks what became of the other copy of mail
    179.432  node2     the copy of mail here is marked outdated: node1 goes on without it
    179.560  node1     the kernel is told what became of the other copy of mail: answer 4
    179.560  --        node1: the fence-peer handler answers 4
    180.595  node1     mail is active on node1, after 1.4 s
    180.596  node3     mail is active on node1, after 0.0 s
    180.597  node2     mail is active on node1, after 0.0 s
