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
     22.600  --        repl-cut
     26.584  node2     the disks of mail are no longer connected
     28.003  --        node1: DRBD has lost its peer, and is frozen
     28.003  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     28.003  node1     the disks of mail are no longer connected
     28.005  node2     the copy of mail here is marked outdated: node1 goes on without it
     28.008  node1     the kernel asks what became of the other copy of mail
     28.283  node1     the kernel is told what became of the other copy of mail: answer 4
     28.283  --        node1: the fence-peer handler answers 4
     28.285  node1     the disk of mail is no longer frozen
     32.600  --        kill-daemon node1
     32.601  node2     the daemon of node1 is gone
     32.900  --        node1: the daemon starts
     32.901  node1     node2 has joined
     32.901  node1     this partition is quorate
     32.902  node2     node1 has joined
     33.123  node1     mail runs here already, it is adopted untouched
     33.125  node2     mail is active on node1, after 0.0 s
