      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.501  node2     node1 has joined
     20.502  node1     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node2     this partition is quorate
     21.238  node1     node2 is elected for mail
     21.238  node2     node2 is elected for mail
     21.239  node2     node1 is elected for mail
     21.239  node2     node2 has acquired mail, epoch 1
     21.241  node1     node1 is elected for mail
     21.241  node1     node2 has acquired mail, epoch 1
     21.999  node2     mail is active on node2, after 0.8 s
     21.999  --        node2: serves mail
     22.001  node1     mail is active on node2, after 0.0 s
     43.944  --        pause node2
     46.041  node1     contact with node2 is lost
     46.046  node1     node1 is elected for mail
     48.786  node1     the disks of mail are no longer connected
     52.957  --        thaw node2
     52.996  --        stop-daemon node1
     52.996  node1     this daemon shuts down and hands its services over
     53.981  node2     contact with node1 is lost
     58.788  --        node2: DRBD has lost its peer, and is frozen
     58.790  node2     the kernel has frozen the disk of mail until it knows what became of its peer
     58.790  node2     the disks of mail are no longer connected
     58.790  node2     the frozen disk of mail goes on without its peer
     58.793  node2     the kernel asks what became of the other copy of mail
     58.793  node2     the kernel is told what became of the other copy of mail: answer 5
     58.793  --        node2: the fence-peer handler answers 5
     58.794  node2     the disk of mail is no longer frozen
     82.996  --        start-daemon node1
     82.996  --        node1: the daemon starts
