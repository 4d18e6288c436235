      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.566  node1     node2 has joined
     20.566  node2     node1 has joined
     20.567  node1     this partition is quorate
     20.570  node2     this partition is quorate
     20.713  node1     node1 is elected for mail
     20.776  node2     node1 is elected for mail
     21.716  node1     node1 has acquired mail, epoch 1
     21.716  node2     node1 has acquired mail, epoch 1
     22.854  node1     mail is active on node1, after 1.1 s
     22.854  --        node1: serves mail
     22.857  node2     mail is active on node1, after 0.0 s
     22.900  --        crash node2
     22.900  --        node2: loses its power
     24.796  node1     contact with node2 is lost
     27.164  node1     the disks of mail are no longer connected
     27.164  node1     node2 is being fenced
     28.100  node1     node2 is fenced: it is switched off
     30.505  --        node2: is switched on
     30.505  node1     node2 is switched on again
