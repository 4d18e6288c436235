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
     93.000  --        cut node1 node2
     93.331  node1     contact with node2 is lost
     93.331  node3     contact with node2 is lost
     94.984  node2     contact with node1 is lost
     94.984  node2     contact with node3 is lost
     94.986  node2     this partition is not quorate
     94.986  node2     node2 is elected for mail
     98.332  --        node1: DRBD has lost its peer, and is frozen
     98.334  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     98.334  node1     the disks of mail are no longer connected
     98.337  node1     the kernel asks what became of the other copy of mail
    100.000  --        freeze-corosync node1
    100.583  node2     the disks of mail are no longer connected
    101.086  node2     node3 has joined
    101.086  node3     contact with node1 is lost
    101.086  node3     node2 has joined
    101.090  node2     this partition is quorate
    101.091  node3     node2 is elected for mail
    104.335  node1     the daemon of node3 has been silent for 5.0 s
    109.337  node1     this node has not belonged to the majority for the time of its lease and still holds something: it is reset
    109.337  node1     this node is reset
    109.337  --        node1: resets itself
    109.337  --        node1: is switched on
    123.093  node2     mail is cleared against node1: its lease and its watchdog have run out
    123.095  node2     node2 has acquired mail, epoch 2
    123.096  node3     node2 has acquired mail, epoch 2
    123.372  node2     the kernel asks what became of the other copy of mail
    123.372  node2     the kernel is told what became of the other copy of mail: answer 5
    123.372  --        node2: the fence-peer handler answers 5
    124.126  node2     mail is active on node2, after 1.0 s
    124.126  --        node2: serves mail
    124.128  node3     mail is active on node2, after 0.0 s
