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
     22.600  --        standby node2
     22.600  node1     node2 is in standby
     22.600  --        the command is answered: done
     23.600  --        online node2
     23.600  node1     node2 is online
     23.600  --        the command is answered: done
     24.600  --        crash node2
     24.600  --        node2: loses its power
     24.600  --        store-stale node2
     26.385  node1     contact with node2 is lost
     27.775  --        node1: DRBD has lost its peer, and is frozen
     27.775  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     27.775  node1     the disks of mail are no longer connected
     27.775  node1     the frozen disk of mail goes on without its peer
     27.780  node1     the kernel asks what became of the other copy of mail
     27.780  node1     the kernel is told what became of the other copy of mail: answer 5
     27.780  --        node1: the fence-peer handler answers 5
     27.783  node1     the disk of mail is no longer frozen
     34.600  --        boot node2
     34.600  --        node2: is switched on
     55.100  --        node2: the daemon starts
     55.321  node1     node2 has joined
     55.321  node2     node1 has joined
     55.323  node2     mail is active on node1, after 0.0 s
     55.324  node2     this partition is quorate
     74.600  --        move mail node2
     74.600  node1     the operator moves mail to node2
     74.600  node1     mail moves to node2
     75.794  node1     node1 has released mail
     75.795  node1     node2 is elected for mail
     75.796  node2     node1 has released mail
     75.796  node2     node2 is elected for mail
     75.798  node1     node2 has acquired mail, epoch 2
     75.798  node2     node2 has acquired mail, epoch 2
     76.457  node2     mail is active on node2, after 0.7 s
     76.457  --        node2: serves mail
     76.459  node1     mail is active on node2, after 0.0 s
     76.459  --        the command is answered: done
