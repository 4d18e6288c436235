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
     27.600  --        stop-daemon node1
     27.600  node1     this daemon shuts down and hands its services over
     28.375  node1     node1 has released mail
     28.377  node2     node1 has released mail
     28.377  node2     node2 is elected for mail
     28.380  node2     node2 has acquired mail, epoch 2
     28.380  node2     node1 has left in order, it holds nothing
     28.385  node2     node2 has released mail
     28.388  node2     node2 is elected for mail
     28.391  node2     node2 has acquired mail, epoch 3
     29.567  node2     mail is active on node2, after 1.2 s
     29.567  --        node2: serves mail
     34.600  --        start-daemon node1
     34.600  --        node1: the daemon starts
     34.601  node1     node2 has joined
     34.602  node2     node1 has joined
     34.604  node1     this partition is quorate
     34.604  node1     mail is active on node2, after 0.0 s
     64.600  --        move mail node1
     64.600  node1     the operator moves mail to node1
     64.601  node2     mail moves to node1
     65.679  node2     node2 has released mail
     65.680  node1     node2 has released mail
     65.680  node1     node1 is elected for mail
     65.681  node2     node1 is elected for mail
     65.681  node2     node1 has acquired mail, epoch 4
     65.683  node1     node1 has acquired mail, epoch 4
     66.496  node1     mail is active on node1, after 0.8 s
     66.496  --        node1: serves mail
     66.497  --        the command is answered: done
     66.497  node2     mail is active on node1, after 0.0 s
     66.500  --        cut node1
     68.580  node2     contact with node1 is lost
     68.581  node2     node2 is elected for mail
     68.658  node1     contact with node2 is lost
     69.478  node2     the disks of mail are no longer connected
     69.945  --        node1: DRBD has lost its peer, and is frozen
     69.946  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     69.946  node1     the disks of mail are no longer connected
     69.946  node1     the frozen disk of mail goes on without its peer
     69.950  node1     the kernel asks what became of the other copy of mail
     69.950  node1     the kernel is told what became of the other copy of mail: answer 5
     69.950  --        node1: the fence-peer handler answers 5
     69.952  node1     the disk of mail is no longer frozen
