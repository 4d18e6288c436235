      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.780  node1     node2 has joined
     20.780  node2     node1 has joined
     20.781  node1     this partition is quorate
     20.783  node2     this partition is quorate
     21.889  node2     node1 is elected for mail
     21.890  node1     node1 is elected for mail
     21.891  node2     node1 has acquired mail, epoch 1
     21.893  node1     node1 has acquired mail, epoch 1
     22.661  node1     mail is active on node1, after 0.8 s
     22.661  --        node1: serves mail
     22.663  node2     mail is active on node1, after 0.0 s
     27.700  --        stop-daemon node1
     27.700  node1     this daemon shuts down and hands its services over
     28.491  node1     node1 has released mail
     28.494  node2     node1 has released mail
     28.494  node2     node2 is elected for mail
     28.495  node2     node1 has left in order, it holds nothing
     28.500  node2     node2 has acquired mail, epoch 2
     29.662  node2     mail is active on node2, after 1.2 s
     29.662  --        node2: serves mail
     34.700  --        start-daemon node1
     34.700  --        node1: the daemon starts
     34.701  node1     node2 has joined
     34.701  node2     node1 has joined
     34.704  node1     this partition is quorate
     34.704  node1     mail is active on node2, after 0.0 s
     64.700  --        move mail node1
     64.700  node1     the operator moves mail to node1
     64.702  node2     mail moves to node1
     65.590  node2     node2 has released mail
     65.592  node2     node1 is elected for mail
     65.593  node1     node2 has released mail
     65.593  node1     node1 is elected for mail
     65.595  node2     node1 has acquired mail, epoch 3
     65.596  node1     node1 has acquired mail, epoch 3
     66.845  node1     mail is active on node1, after 1.2 s
     66.845  --        node1: serves mail
     66.846  --        the command is answered: done
     66.846  node2     mail is active on node1, after 0.0 s
     66.900  --        cut node1
     68.760  node1     contact with node2 is lost
     68.848  node2     contact with node1 is lost
     68.850  node2     node2 is elected for mail
     70.573  --        node1: DRBD has lost its peer, and is frozen
     70.574  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     70.574  node1     the disks of mail are no longer connected
     70.574  node1     the frozen disk of mail goes on without its peer
     70.578  node1     the kernel asks what became of the other copy of mail
     70.578  node1     the kernel is told what became of the other copy of mail: answer 5
     70.578  --        node1: the fence-peer handler answers 5
     70.579  node1     the disk of mail is no longer frozen
     72.705  node2     the disks of mail are no longer connected
