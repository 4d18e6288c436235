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
     22.400  --        crash node2
     22.400  --        node2: loses its power
     24.215  node1     contact with node2 is lost
     24.215  node3     contact with node2 is lost
     26.584  --        node1: DRBD has lost its peer, and is frozen
     26.587  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.587  node1     the disks of mail are no longer connected
     26.589  node1     the kernel asks what became of the other copy of mail
     35.719  node1     the kernel is told what became of the other copy of mail: answer 5
     35.719  --        node1: the fence-peer handler answers 5
     35.721  node1     the disk of mail is no longer frozen
