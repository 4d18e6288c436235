      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        foreign mail on
     20.500  --        node1: the daemon starts
     40.000  --        boot node2
     40.000  --        node2: is switched on
     60.404  node1     this partition is quorate
     60.500  --        node2: the daemon starts
     60.501  node1     node2 has joined
     60.502  node2     node1 has joined
     60.503  node2     this partition is quorate
     61.105  node1     node2 is elected for mail
     61.105  node2     node2 is elected for mail
     61.107  node2     node1 is elected for mail
     61.108  node1     node1 is elected for mail
     61.108  node1     node2 has acquired mail, epoch 1
     61.108  node2     node2 has acquired mail, epoch 1
     61.551  node2     address of mail is used by another machine
     62.154  node2     node2 has released mail
     62.155  node1     node2 has released mail
     62.155  node1     node1 is elected for mail
     62.155  node2     node1 is elected for mail
     62.157  node1     node1 has acquired mail, epoch 2
     62.157  node2     node1 has acquired mail, epoch 2
     62.976  node1     address of mail is used by another machine
     63.509  node1     node1 has released mail
     63.512  node2     node1 has released mail
     63.512  node2     node1 is elected for mail
    100.000  --        foreign mail off
    103.978  node1     node1 has acquired mail, epoch 3
    103.979  node2     node1 has acquired mail, epoch 3
    104.705  node1     mail is active on node1, after 0.7 s
    104.705  --        node1: serves mail
    104.708  node2     mail is active on node1, after 0.0 s
