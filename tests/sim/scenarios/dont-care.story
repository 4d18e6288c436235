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
     20.810  node1     node1 is elected for mail
     20.815  node2     node1 is elected for mail
     21.812  node2     node1 has acquired mail, epoch 1
     21.813  node1     node1 has acquired mail, epoch 1
     22.767  node1     mail is active on node1, after 1.0 s
     22.767  --        node1: serves mail
     22.768  node2     mail is active on node1, after 0.0 s
     22.800  --        crash node2
     22.800  --        node2: loses its power
     24.967  node1     contact with node2 is lost
     26.763  node1     the disks of mail are no longer connected
     26.763  node1     node2 is being fenced
     28.430  node1     node2 is fenced: it is switched off
     30.430  --        node2: is switched on
     30.430  node1     node2 is switched on again
