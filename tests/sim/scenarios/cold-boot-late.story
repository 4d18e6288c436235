      0.000  --        boot node1
      0.000  --        node1: is switched on
     20.500  --        node1: the daemon starts
     60.000  --        boot node2
     60.000  --        node2: is switched on
     80.381  node1     this partition is quorate
     80.500  --        node2: the daemon starts
     80.502  node1     node2 has joined
     80.502  node2     node1 has joined
     80.505  node2     this partition is quorate
     81.973  node1     node1 is elected for mail
     81.973  node2     node1 is elected for mail
     81.975  node1     node1 has acquired mail, epoch 1
     81.975  node2     node1 has acquired mail, epoch 1
     82.924  node1     mail is active on node1, after 0.9 s
     82.924  --        node1: serves mail
     82.926  node2     mail is active on node1, after 0.0 s
