      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.726  node2     node2 is elected for mail
     20.750  node1     node1 is elected for mail
     20.780  node1     node2 has joined
     20.780  node2     node1 has joined
     20.784  node1     this partition is quorate
     20.784  node2     this partition is quorate
     21.726  node2     node1 is elected for mail
     21.751  node1     node1 has acquired mail, epoch 1
     21.751  node2     node1 has acquired mail, epoch 1
     22.500  node1     mail is active on node1, after 0.7 s
     22.500  --        node1: serves mail
     22.500  --        freeze-daemon node1
     22.503  node2     mail is active on node1, after 0.0 s
     27.504  node2     the daemon of node1 has been silent for 5.0 s
     27.504  node2     node2 is elected for mail
     82.500  --        thaw-daemon node1
     82.500  node1     this daemon stood still for a while: what it knew of others may be old
     82.500  node1     the daemon of node2 has been silent for 61 s
