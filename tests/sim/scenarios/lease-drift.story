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
     22.500  --        drift node1 990000
     22.500  --        drift node2 1010000
     27.500  --        cut node1
     29.207  node1     contact with node2 is lost
     29.207  node1     contact with node3 is lost
     29.211  node1     this partition is not quorate
     29.652  node2     contact with node1 is lost
     29.652  node3     contact with node1 is lost
     29.655  node3     node2 is elected for mail
     29.656  node2     node2 is elected for mail
     33.532  --        node1: DRBD has lost its peer, and is frozen
     33.533  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     33.533  node1     the disks of mail are no longer connected
     33.537  node1     the kernel asks what became of the other copy of mail
     34.362  node2     the disks of mail are no longer connected
     37.577  node1     this node has not belonged to the majority for the time of its lease and still holds something: it is reset
     37.577  node1     this node is reset
     37.577  --        node1: resets itself
     37.577  --        node1: is switched on
     51.440  node2     mail is cleared against node1: its lease and its watchdog have run out
     51.443  node2     node2 has acquired mail, epoch 2
     51.443  node3     node2 has acquired mail, epoch 2
     51.569  node2     the kernel asks what became of the other copy of mail
     51.569  node2     the kernel is told what became of the other copy of mail: answer 5
     51.569  --        node2: the fence-peer handler answers 5
     52.200  node2     mail is active on node2, after 0.8 s
     52.200  --        node2: serves mail
