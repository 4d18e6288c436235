      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        foreign mail on
     20.500  --        node1: the daemon starts
     40.000  --        boot node2
     40.000  --        node2: is switched on
     60.500  --        node2: the daemon starts
     60.817  node1     node2 has joined
     60.817  node2     node1 has joined
     60.817  node1     this partition is quorate
     60.822  node2     this partition is quorate
     60.867  node2     node2 is elected for mail
     60.868  node2     node1 is elected for mail
     60.869  node1     node2 is elected for mail
     60.869  node1     node1 is elected for mail
     60.869  node1     node2 has acquired mail, epoch 1
     60.869  node2     node2 has acquired mail, epoch 1
     61.498  node2     address of mail is used by another machine
     61.996  node2     node2 has released mail
     61.998  node2     node1 is elected for mail
     61.999  node1     node2 has released mail
     61.999  node1     node1 is elected for mail
     62.000  node1     node1 has acquired mail, epoch 2
     62.001  node2     node1 has acquired mail, epoch 2
     62.766  node1     address of mail is used by another machine
     63.193  node1     node1 has released mail
     63.195  node2     node1 has released mail
     63.195  node2     node1 is elected for mail
     63.196  node1     node1 is elected for mail
    100.000  --        foreign mail off
    103.771  node2     node1 has acquired mail, epoch 3
    103.773  node1     node1 has acquired mail, epoch 3
    104.914  node1     mail is active on node1, after 1.1 s
    104.914  --        node1: serves mail
    104.916  node2     mail is active on node1, after 0.0 s
