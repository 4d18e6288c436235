      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.501  node1     node2 has joined
     20.502  node2     node1 has joined
     20.504  node1     this partition is quorate
     20.671  node2     this partition is quorate
     21.020  node1     node1 is elected for mail
     21.020  node2     node1 is elected for mail
     21.022  node1     node1 has acquired mail, epoch 1
     21.023  node2     node1 has acquired mail, epoch 1
     21.988  node1     mail is active on node1, after 1.0 s
     21.988  --        node1: serves mail
     21.989  node2     mail is active on node1, after 0.0 s
     27.000  --        qdevice-cut node1
     27.000  --        cut node1
     28.815  node1     contact with node2 is lost
     28.855  node2     contact with node1 is lost
     29.209  node1     this partition is not quorate
     31.471  node2     the disks of mail are no longer connected
     32.687  --        node1: DRBD has lost its peer, and is frozen
     32.690  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     32.690  node1     the disks of mail are no longer connected
     32.692  node1     the kernel asks what became of the other copy of mail
     33.480  node2     node2 is elected for mail
     36.988  node1     this node has not belonged to the majority for the time of its lease and still holds something: it is reset
     36.988  node1     this node is reset
     36.988  --        node1: resets itself
     36.988  --        node1: is switched on
     55.483  node2     mail is cleared against node1: its lease and its watchdog have run out
     55.485  node2     node2 has acquired mail, epoch 2
     55.565  node2     the kernel asks what became of the other copy of mail
     55.565  node2     the kernel is told what became of the other copy of mail: answer 5
     55.565  --        node2: the fence-peer handler answers 5
     56.273  node2     mail is active on node2, after 0.8 s
     56.273  --        node2: serves mail
