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
     21.300  --        fail node1 mail filesystem stop slow
     21.300  --        break node1 mail filesystem
     21.300  --        cut node2
     21.310  node1     filesystem of mail has failed
     21.310  node1     filesystem of mail is restarted here, restart 1 in the window
     23.267  node2     contact with node1 is lost
     23.273  node2     node2 is elected for mail
     23.358  node1     contact with node2 is lost
     27.300  --        on node2 lie node1
     27.301  node2     the operator confirms that node1 is down
     27.301  node2     mail is cleared against node1: the operator confirmed that it is down
     27.301  --        the command is answered: done
     27.302  node2     node2 has acquired mail, epoch 2
     27.818  node2     mail is active on node2, after 0.5 s
     27.818  --        node2: serves mail
     27.900  --        heal
     28.298  node1     node2 has joined
     28.298  node2     node1 has joined
     28.299  node1     mail runs here, but node2 has acquired it: this node is reset
     28.299  node1     mail is active on node2, after 0.0 s
     28.299  node1     this node is reset
     28.299  --        node1: resets itself
     28.299  --        node1: is switched on
     30.115  node2     contact with node1 is lost
     48.799  --        node1: the daemon starts
     48.801  node1     node2 has joined
     48.801  node1     this partition is quorate
     48.802  node2     node1 has joined
     48.804  node1     mail is active on node2, after 0.0 s
