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
     21.266  node1     mail is active on node1, after 0.6 s
     21.266  --        node1: serves mail
     21.267  node2     mail is active on node1, after 0.0 s
     21.300  --        cut node2
     23.267  node2     contact with node1 is lost
     23.273  node2     node2 is elected for mail
     23.358  node1     contact with node2 is lost
     26.300  --        on node2 lie node1
     26.302  node2     the operator confirms that node1 is down
     26.302  node2     mail is cleared against node1: the operator confirmed that it is down
     26.302  --        the command is answered: done
     26.304  node2     node2 has acquired mail, epoch 2
     26.744  node2     mail is active on node2, after 0.4 s
     26.800  --        heal
     27.353  node1     node2 has joined
     27.353  node2     node1 has joined
     27.355  node1     mail runs here, but node2 has acquired it: this node is reset
     27.355  node1     mail is active on node2, after 0.0 s
     27.355  node1     mail was acquired by node2 with a higher epoch: it is stopped here
     27.355  node1     this node is reset
     27.355  --        node1: resets itself
     27.355  --        node1: is switched on
     27.355  --        node2: serves mail
     29.339  node2     contact with node1 is lost
     47.855  --        node1: the daemon starts
     47.987  node1     node1 is elected for mail
     48.302  node1     node2 has joined
     48.302  node2     node1 has joined
     48.302  node1     this partition is quorate
     48.305  node1     mail is active on node2, after 0.0 s
