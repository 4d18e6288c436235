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
     22.700  --        detach node2 1
     22.700  node2     this daemon ends and leaves its services running
     22.703  node1     the daemon of node2 is gone
     23.000  --        node2: the daemon starts
     23.002  node2     node1 has joined
     23.002  node2     this partition is quorate
     23.003  node1     node2 has joined
     23.006  node2     mail is active on node1, after 0.0 s
     42.700  --        detach node1 1
     42.700  node1     this daemon ends and leaves its services running
     42.703  node2     the daemon of node1 is gone
     42.704  node2     node2 is elected for mail
     43.000  --        node1: the daemon starts
     43.002  node1     node2 has joined
     43.002  node2     node1 has joined
     43.005  node1     this partition is quorate
     43.249  node1     mail runs here already, it is adopted untouched
     43.251  node2     mail is active on node1, after 0.0 s
     62.700  --        detach node2 2
     62.700  node2     this daemon ends and leaves its services running
     62.702  node1     the daemon of node2 is gone
     63.000  --        node2: the daemon starts
     63.002  node1     node2 has joined
     63.003  node2     node1 has joined
     63.003  node2     mail is active on node1, after 0.0 s
     63.003  node2     this partition is quorate
     82.700  --        detach node1 2
     82.700  node1     this daemon ends and leaves its services running
     82.703  node2     the daemon of node1 is gone
     82.704  node2     node2 is elected for mail
     83.000  --        node1: the daemon starts
     83.002  node2     node1 has joined
     83.003  node1     node2 has joined
     83.006  node1     this partition is quorate
     83.276  node1     mail runs here already, it is adopted untouched
     83.279  node2     mail is active on node1, after 0.0 s
