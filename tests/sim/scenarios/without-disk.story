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
     21.723  node2     node1 has acquired mail, epoch 1
     22.239  node1     mail is active on node1, after 0.5 s
     22.239  --        node1: serves mail
     22.241  node2     mail is active on node1, after 0.0 s
     22.300  --        freeze-daemon node1
     27.241  node2     the daemon of node1 has been silent for 5.0 s
     27.241  node2     node2 is elected for mail
     82.300  --        thaw-daemon node1
     82.300  node1     this daemon stood still for a while: what it knew of others may be old
