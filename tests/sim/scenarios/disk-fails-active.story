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
     22.600  --        disk-fail node1 mail
     22.603  node1     the disk of mail on node1 has failed, it moves to the good one
     23.405  node1     node1 has released mail
     23.406  node1     node2 is elected for mail
     23.407  node2     node1 has released mail
     23.407  node2     node2 is elected for mail
     23.408  node1     node2 has acquired mail, epoch 2
     23.409  node2     node2 has acquired mail, epoch 2
     24.404  node2     mail is active on node2, after 1.0 s
     24.404  --        node2: serves mail
     24.405  node1     mail is active on node2, after 0.0 s
     74.500  --        node1: its disk is Secondary, Diskless, Connected
     74.500  node1     mail is active on node2, nothing is in its way
     74.500  node1     the disk of mail on node1 is not up to date
     74.500  --        node2: its disk is Primary, UpToDate, Connected
     74.500  node2     mail is active on node2, nothing is in its way
     74.500  node2     the disk of mail on node1 is not up to date
     74.500  --        disk-replace node1 mail
