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
     22.700  --        standby node2
     22.700  node1     node2 is in standby
     22.700  --        the command is answered: done
     23.700  --        online node2
     23.700  node1     node2 is online
     23.700  --        the command is answered: done
     24.700  --        crash node2
     24.700  --        node2: loses its power
     24.700  --        store-stale node2
     26.630  node1     contact with node2 is lost
     29.447  --        node1: DRBD has lost its peer, and is frozen
     29.449  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     29.449  node1     the disks of mail are no longer connected
     29.449  node1     the frozen disk of mail goes on without its peer
     29.452  node1     the kernel asks what became of the other copy of mail
     29.452  node1     the kernel is told what became of the other copy of mail: answer 5
     29.452  --        node1: the fence-peer handler answers 5
     29.452  node1     the disk of mail is no longer frozen
     34.700  --        boot node2
     34.700  --        node2: is switched on
     55.200  --        node2: the daemon starts
     55.203  node1     node2 has joined
     55.203  node2     node1 has joined
     55.204  node2     mail is active on node1, after 0.0 s
     55.204  node2     this partition is quorate
     74.700  --        move mail node2
     74.700  node1     the operator moves mail to node2
     74.700  node1     mail moves to node2
     75.441  node1     node1 has released mail
     75.442  node1     node2 is elected for mail
     75.444  node2     node1 has released mail
     75.444  node2     node2 is elected for mail
     75.447  node1     node2 has acquired mail, epoch 2
     75.447  node2     node2 has acquired mail, epoch 2
     76.332  node2     mail is active on node2, after 0.9 s
     76.332  --        node2: serves mail
     76.335  node1     mail is active on node2, after 0.0 s
     76.335  --        the command is answered: done
