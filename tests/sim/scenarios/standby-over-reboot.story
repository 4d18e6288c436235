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
     22.600  --        standby node1
     22.600  node1     node1 is in standby
     23.777  node1     node1 has released mail
     23.780  node1     node2 is elected for mail
     23.780  --        the command is answered: done
     23.780  node2     node1 has released mail
     23.780  node2     node2 is elected for mail
     23.782  node1     node2 has acquired mail, epoch 2
     23.782  node2     node2 has acquired mail, epoch 2
     24.286  node2     mail is active on node2, after 0.5 s
     24.286  --        node2: serves mail
     24.287  node1     mail is active on node2, after 0.0 s
     24.300  --        reboot node1
     24.300  node1     this daemon shuts down and hands its services over
     24.302  node2     node1 has left in order, it holds nothing
     27.301  --        node1: reboots
     27.301  --        node1: is switched on
     30.236  --        node2: DRBD has lost its peer, and is frozen
     30.239  node2     the kernel has frozen the disk of mail until it knows what became of its peer
     30.239  node2     the disks of mail are no longer connected
     30.239  node2     the frozen disk of mail goes on without its peer
     30.241  node2     the kernel asks what became of the other copy of mail
     30.241  node2     the kernel is told what became of the other copy of mail: answer 5
     30.241  --        node2: the fence-peer handler answers 5
     30.244  node2     the disk of mail is no longer frozen
     47.801  --        node1: the daemon starts
     47.930  node1     node2 has joined
     47.930  node2     node1 has joined
     47.932  node1     mail is active on node2, after 0.0 s
     47.934  node1     this partition is quorate
     84.300  --        move mail node1
     84.300  --        the command is answered: refused
     85.300  --        online node1
     85.300  node1     node1 is online
     85.300  --        the command is answered: done
     86.300  --        move mail node1
     86.300  node1     the operator moves mail to node1
     86.301  node2     mail moves to node1
     87.335  node2     node2 has released mail
     87.337  node1     node2 has released mail
     87.337  node1     node1 is elected for mail
     87.337  node2     node1 is elected for mail
     87.339  node1     node1 has acquired mail, epoch 3
     87.340  node2     node1 has acquired mail, epoch 3
     88.496  node1     mail is active on node1, after 1.2 s
     88.496  --        node1: serves mail
     88.498  --        the command is answered: done
     88.498  node2     mail is active on node1, after 0.0 s
