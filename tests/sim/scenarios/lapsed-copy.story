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
     20.502  node2     node1 has joined
     20.502  node3     node1 has joined
     20.502  node3     node2 has joined
     20.502  node2     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     this partition is quorate
     20.503  node1     this partition is quorate
     21.394  node2     node1 is elected for mail
     21.396  node1     node1 is elected for mail
     21.396  node3     node1 is elected for mail
     21.397  node1     node1 has acquired mail, epoch 1
     21.399  node2     node1 has acquired mail, epoch 1
     21.399  node3     node1 has acquired mail, epoch 1
     22.395  node1     mail is active on node1, after 1.0 s
     22.395  --        node1: serves mail
     22.396  node2     mail is active on node1, after 0.0 s
     22.398  node3     mail is active on node1, after 0.0 s
     27.400  --        cut node2
     29.122  node2     contact with node1 is lost
     29.122  node2     contact with node3 is lost
     29.124  node2     this partition is not quorate
     29.125  node2     node2 is elected for mail
     29.203  node1     contact with node2 is lost
     29.203  node3     contact with node2 is lost
     29.733  node2     the disks of mail are no longer connected
     32.186  --        node1: DRBD has lost its peer, and is frozen
     32.187  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     32.187  node1     the disks of mail are no longer connected
     32.191  node1     the kernel asks what became of the other copy of mail
     37.125  node2     this node has not belonged to the majority for the time of its lease: its copies no longer count as current by themselves
     40.707  node1     the kernel is told what became of the other copy of mail: answer 5
     40.707  --        node1: the fence-peer handler answers 5
     40.708  node1     the disk of mail is no longer frozen
     67.400  --        crash node1
     67.400  --        node1: loses its power
     68.400  --        heal
     69.340  node2     node3 has joined
     69.340  node3     contact with node1 is lost
     69.340  node3     node2 has joined
     69.344  node2     this partition is quorate
    158.400  --        boot node1
    158.400  --        node1: is switched on
    178.900  --        node1: the daemon starts
    178.900  node1     the watchdog is armed, it fires after 10 s
    178.901  node3     node1 has joined
    178.902  node1     node2 has joined
    178.902  node1     node3 has joined
    178.903  node2     node1 has joined
    178.905  node1     this partition is quorate
    179.062  node2     node1 has released mail
    179.062  node2     node1 is elected for mail
    179.062  node3     node1 has released mail
    179.062  node3     node1 is elected for mail
    179.063  node1     node1 is elected for mail
    179.065  node3     node1 has acquired mail, epoch 2
    179.066  node1     node1 has acquired mail, epoch 2
    179.066  node2     node1 has acquired mail, epoch 2
    179.355  node1     the kernel asks what became of the other copy of mail
    179.358  node2     the copy of mail here is marked outdated: node1 goes on without it
    179.527  node1     the kernel is told what became of the other copy of mail: answer 4
    179.527  --        node1: the fence-peer handler answers 4
    180.153  node1     mail is active on node1, after 1.1 s
    180.154  node3     mail is active on node1, after 0.0 s
    180.155  node2     mail is active on node1, after 0.0 s
