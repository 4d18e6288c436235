      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node2: the daemon starts
     20.502  node2     this partition is quorate
     20.678  node2     node2 is elected for mail
     90.000  --        boot node1
     90.000  --        node1: is switched on
    110.500  --        node1: the daemon starts
    110.571  node1     node2 has joined
    110.571  node2     node1 has joined
    110.885  node1     this partition is quorate
    110.885  node1     node1 is elected for mail
    110.886  node2     node1 has acquired mail, epoch 1
    110.888  node1     node1 has acquired mail, epoch 1
    111.410  node1     mail is active on node1, after 0.5 s
    111.410  --        node1: serves mail
    111.412  node2     mail is active on node1, after 0.0 s
