      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.502  node2     node1 has joined
     20.503  node1     node2 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     node1 has joined
     20.503  node3     node2 has joined
     20.503  node1     this partition is quorate
     20.504  node2     this partition is quorate
     20.504  node3     this partition is quorate
     21.140  node2     node1 is elected for mail
     21.140  node3     node1 is elected for mail
     21.141  node1     node1 is elected for mail
     21.142  node3     node1 has acquired mail, epoch 1
     21.144  node1     node1 has acquired mail, epoch 1
     21.144  node2     node1 has acquired mail, epoch 1
     21.144  --        kill-daemon node3
     21.145  node2     the daemon of node3 is gone
     21.146  node1     the daemon of node3 is gone
     21.149  node1     node1 has released mail
     21.150  node1     node1 is elected for mail
     21.151  node2     node1 has released mail
     21.151  node2     node1 is elected for mail
     21.153  node1     node1 has acquired mail, epoch 2
     21.153  node2     node1 has acquired mail, epoch 2
     21.444  --        node3: the daemon starts
     21.445  node1     node3 has joined
     21.445  node2     node3 has joined
     21.446  node3     node1 has joined
     21.446  node3     node2 has joined
     21.447  node3     this partition is quorate
     22.120  node1     mail is active on node1, after 1.0 s
     22.120  --        node1: serves mail
     22.121  node3     mail is active on node1, after 0.0 s
     22.123  node2     mail is active on node1, after 0.0 s
