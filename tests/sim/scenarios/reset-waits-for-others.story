      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.695  node1     node2 has joined
     20.695  node2     node1 has joined
     20.699  node2     this partition is quorate
     20.700  node1     this partition is quorate
     20.757  node2     node2 is elected for mail
     20.790  node1     node2 is elected for mail
     20.792  node1     node1 is elected for mail
     20.793  node1     node1 has acquired mail, epoch 1
     20.794  node2     node1 has acquired mail, epoch 1
     21.701  node1     mail is active on node1, after 0.9 s
     21.701  --        node1: serves mail
     21.703  node2     mail is active on node1, after 0.0 s
     21.922  node2     node1 is elected for news
     21.923  node1     node1 is elected for news
     21.923  node1     node2 is elected for news
     21.924  node1     node1 has acquired news, epoch 1
     21.925  node2     node2 is elected for news
     21.926  node2     node1 has acquired news, epoch 1
     23.084  node1     news is active on node1, after 1.2 s
     23.084  --        node1: serves news
     23.086  node2     news is active on node1, after 0.0 s
     26.800  --        move news node1
     26.800  --        the command is answered: done
     26.800  --        fail node1 mail filesystem stop fails 100
     26.800  --        stop mail
     26.800  node1     the operator stops mail
     27.412  node1     filesystem of mail could not be stopped; it is tried again
     58.688  node1     filesystem of mail cannot be stopped: this node is going to be reset
     58.688  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     59.430  node1     node1 has released news
     59.432  node2     node1 has released news
     59.432  node2     node2 is elected for news
     59.434  node1     node2 has acquired news, epoch 2
     59.434  node2     node2 has acquired news, epoch 2
     60.272  node2     news is active on node2, after 0.8 s
     60.272  --        node2: serves news
     60.273  node1     news is active on node2, after 0.0 s
     60.273  node1     this node is reset
     60.273  --        node1: resets itself
     60.273  --        node1: is switched on
