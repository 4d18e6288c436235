      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     20.546  node1     this partition is quorate
     20.550  node2     this partition is quorate
     20.720  node1     node1 is elected for mail
     20.736  node2     node1 is elected for mail
     21.721  node1     node1 has acquired mail, epoch 1
     21.721  --        kill-daemon node2
     21.723  node1     the daemon of node2 is gone
     21.726  node1     node1 has released mail
     22.021  --        node2: the daemon starts
     22.023  node1     node2 has joined
     22.023  node2     node1 has joined
     22.024  node2     this partition is quorate
     22.196  node2     node1 is elected for mail
     22.198  node1     node1 has acquired mail, epoch 2
     22.200  node2     node1 has acquired mail, epoch 2
     22.629  node1     mail is active on node1, after 0.4 s
     22.629  --        node1: serves mail
     22.630  node2     mail is active on node1, after 0.0 s
