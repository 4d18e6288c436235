      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     20.545  node1     this partition is quorate
     20.545  node2     this partition is quorate
     21.768  node1     node1 is elected for mail
     21.768  node2     node1 is elected for mail
     21.770  node1     node1 has acquired mail, epoch 1
     21.770  node2     node1 has acquired mail, epoch 1
     22.537  node1     mail is active on node1, after 0.8 s
     22.537  --        node1: serves mail
     22.539  node2     mail is active on node1, after 0.0 s
     22.600  --        fail node1 mail filesystem stop fails 100
     22.600  --        move mail
     22.600  node1     the operator moves mail to node2
     22.600  node1     mail moves to node2
     23.545  node1     filesystem of mail could not be stopped; it is tried again
     54.528  node1     filesystem of mail cannot be stopped: this node is going to be reset
     54.528  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     54.533  node1     this node is reset
     54.533  --        node1: resets itself
     54.533  --        node1: is switched on
     56.527  node2     the disks of mail are no longer connected
     56.681  node2     contact with node1 is lost
     56.684  node2     node2 is elected for mail
     61.681  node2     node1 is being fenced
     62.546  --        node1: is switched off by a fence agent
     62.546  node2     node1 is fenced: it is switched off
     62.546  node2     mail is cleared against node1: it was fenced
     62.549  node2     node2 has acquired mail, epoch 2
     62.772  node2     the kernel asks what became of the other copy of mail
     62.772  node2     the kernel is told what became of the other copy of mail: answer 7
     62.772  --        node2: the fence-peer handler answers 7
     63.568  node2     mail is active on node2, after 1.0 s
     63.568  --        node2: serves mail
