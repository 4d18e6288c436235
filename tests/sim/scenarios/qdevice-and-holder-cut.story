      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     24.046  node1     this partition is quorate
     24.046  node1     node1 is elected for mail
     24.047  node1     node1 has acquired mail, epoch 1
     24.049  node2     node1 has acquired mail, epoch 1
     24.748  node2     this partition is quorate
     24.943  node1     mail is active on node1, after 0.9 s
     24.943  --        node1: serves mail
     24.944  node2     mail is active on node1, after 0.0 s
     30.000  --        qdevice-cut node1
     30.000  --        cut node1
     31.724  node2     contact with node1 is lost
     31.818  node2     node2 is elected for mail
     31.952  node1     contact with node2 is lost
     32.083  node1     this partition is not quorate
     32.571  node2     the disks of mail are no longer connected
     34.376  --        node1: DRBD has lost its peer, and is frozen
     34.379  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     34.379  node1     the disks of mail are no longer connected
     34.381  node1     the kernel asks what became of the other copy of mail
     39.949  node1     this node has not belonged to the majority for the time of its lease and still holds something: it is reset
     39.949  node1     this node is reset
     39.949  --        node1: resets itself
     39.949  --        node1: is switched on
     53.821  node2     mail is cleared against node1: its lease and its watchdog have run out
     53.824  node2     node2 has acquired mail, epoch 2
     53.940  node2     the kernel asks what became of the other copy of mail
     53.940  node2     the kernel is told what became of the other copy of mail: answer 5
     53.940  --        node2: the fence-peer handler answers 5
     54.709  node2     mail is active on node2, after 0.9 s
     54.709  --        node2: serves mail
