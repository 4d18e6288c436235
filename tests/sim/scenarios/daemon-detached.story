      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.780  node1     node2 has joined
     20.780  node2     node1 has joined
     20.781  node1     this partition is quorate
     20.783  node2     this partition is quorate
     21.889  node2     node1 is elected for mail
     21.890  node1     node1 is elected for mail
     21.891  node2     node1 has acquired mail, epoch 1
     21.893  node1     node1 has acquired mail, epoch 1
     22.661  node1     mail is active on node1, after 0.8 s
     22.661  --        node1: serves mail
     22.663  node2     mail is active on node1, after 0.0 s
     22.700  --        detach node1
     22.700  node1     this daemon ends and leaves its services running
     22.701  node2     the daemon of node1 is gone
     22.702  node2     node2 is elected for mail
     23.000  --        node1: the daemon starts
     23.002  node1     node2 has joined
     23.003  node2     node1 has joined
     23.004  node1     this partition is quorate
     23.299  node1     mail runs here already, it is adopted untouched
     23.301  node2     mail is active on node1, after 0.0 s
