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
     42.700  --        move mail node2
     42.700  node1     the operator moves mail to node2
     42.700  node1     mail moves to node2
     43.618  node1     node1 has released mail
     43.619  node1     node2 is elected for mail
     43.619  node2     node1 has released mail
     43.619  node2     node2 is elected for mail
     43.622  node1     node2 has acquired mail, epoch 2
     43.622  node2     node2 has acquired mail, epoch 2
     44.084  node2     mail is active on node2, after 0.5 s
     44.084  --        node2: serves mail
     44.085  node1     mail is active on node2, after 0.0 s
     44.085  --        the command is answered: done
