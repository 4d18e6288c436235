      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     20.545  node1     this partition is quorate
     20.545  node2     this partition is quorate
     21.768  node1     node1 is elected for mail
     21.768  node2     node1 is elected for mail
     21.770  node1     node1 has acquired mail, epoch 1
     21.770  node2     node1 has acquired mail, epoch 1
     22.537  node1     mail is active on node1, after 0.8 s
     22.537  --        node1: serves mail
     22.539  node2     mail is active on node1, after 0.0 s
     22.600  --        fail node2 mail drbd outdate fails 10
     22.600  --        repl-cut
     26.584  node2     the disks of mail are no longer connected
     28.003  --        node1: DRBD has lost its peer, and is frozen
     28.003  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     28.003  node1     the disks of mail are no longer connected
     28.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     28.008  node1     the kernel asks what became of the other copy of mail
     28.279  node2     the copy of mail here could not be marked outdated; it is tried again
     30.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     30.059  node2     the copy of mail here could not be marked outdated; it is tried again
     32.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     32.302  node2     the copy of mail here could not be marked outdated; it is tried again
     34.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     34.161  node2     the copy of mail here could not be marked outdated; it is tried again
     36.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     36.389  node2     the copy of mail here could not be marked outdated; it is tried again
     38.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     38.127  node2     the copy of mail here could not be marked outdated; it is tried again
     40.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     40.157  node2     the copy of mail here could not be marked outdated; it is tried again
     42.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     42.397  node2     the copy of mail here could not be marked outdated; it is tried again
     44.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     44.367  node2     the copy of mail here could not be marked outdated; it is tried again
     46.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     46.245  node2     the copy of mail here could not be marked outdated; it is tried again
     47.008  node1     the kernel is told what became of the other copy of mail: answer 1
     47.008  --        node1: the fence-peer handler answers 1
     48.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     49.008  node1     the frozen disk of mail goes on without its peer
     49.345  node1     the disk of mail is no longer frozen
