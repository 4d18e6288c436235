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
     52.600  --        move mail node2
     52.600  --        the command is answered: refused
     72.600  --        repl-heal
     92.600  --        move mail node2
     92.600  node1     the operator moves mail to node2
     92.600  node1     mail moves to node2
     93.467  node1     node1 has released mail
     93.469  node1     node2 is elected for mail
     93.470  node2     node1 has released mail
     93.470  node2     node2 is elected for mail
     93.473  node1     node2 has acquired mail, epoch 2
     93.473  node2     node2 has acquired mail, epoch 2
     94.838  node2     mail is active on node2, after 1.4 s
     94.838  --        node2: serves mail
     94.841  node1     mail is active on node2, after 0.0 s
     94.841  --        the command is answered: done
