      0.000  --        fail node1 mail filesystem start slow
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
     20.629  node1     node1 is elected for mail
     20.640  node2     node1 is elected for mail
     20.645  node1     node1 has acquired mail, epoch 1
     20.645  node2     node1 has acquired mail, epoch 1
     20.650  --        cut node2
     22.717  node2     contact with node1 is lost
     22.720  node2     node2 is elected for mail
     22.730  node1     contact with node2 is lost
     26.700  --        on node2 lie node1
     26.702  node2     the operator confirms that node1 is down
     26.702  node2     mail is cleared against node1: the operator confirmed that it is down
     26.702  --        the command is answered: done
     26.704  node2     node2 has acquired mail, epoch 2
     27.094  node2     mail is active on node2, after 0.4 s
     27.094  --        node2: serves mail
     27.100  --        heal
     28.006  node1     node2 has joined
     28.006  node2     node1 has joined
     28.008  node1     mail runs here, but node2 has acquired it: this node is reset
     28.008  node1     mail is active on node2, after 0.0 s
     28.008  node1     this node is reset
     28.008  --        node1: resets itself
     28.008  --        node1: is switched on
     29.992  node2     contact with node1 is lost
     48.508  --        node1: the daemon starts
     48.610  node1     node1 is elected for mail
     48.620  node1     node2 has joined
     48.620  node2     node1 has joined
     48.623  node1     mail is active on node2, after 0.0 s
     48.624  node1     this partition is quorate
