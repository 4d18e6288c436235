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
     22.400  --        reset-fails node1 on
     22.400  --        cut node1
     24.083  --        node1: DRBD has lost its peer, and is frozen
     24.083  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     24.083  node1     the disks of mail are no longer connected
     24.088  node1     the kernel asks what became of the other copy of mail
     24.229  node1     contact with node2 is lost
     24.229  node1     contact with node3 is lost
     24.231  node1     this partition is not quorate
     24.416  node2     contact with node1 is lost
     24.416  node3     contact with node1 is lost
     24.419  node2     node2 is elected for mail
     24.419  node3     node2 is elected for mail
     26.245  node2     the disks of mail are no longer connected
     32.395  node1     this node has not belonged to the majority for the time of its lease and still holds something: it is reset
     32.395  node1     this node is reset
     33.231  node1     this node has not belonged to the majority for the time of its lease: its copies no longer count as current by themselves
     42.395  --        node1: is reset by its watchdog
     42.395  --        node1: is switched on
     46.420  node2     mail is cleared against node1: its lease and its watchdog have run out
     46.422  node2     node2 has acquired mail, epoch 2
     46.423  node3     node2 has acquired mail, epoch 2
     46.688  node2     the kernel asks what became of the other copy of mail
     46.688  node2     the kernel is told what became of the other copy of mail: answer 5
     46.688  --        node2: the fence-peer handler answers 5
     47.310  node2     mail is active on node2, after 0.9 s
     47.310  --        node2: serves mail
     47.313  node3     mail is active on node2, after 0.0 s
