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
     22.700  --        reset-fails node1 on
     22.700  --        fail node1 mail filesystem stop fails 100
     22.700  --        move mail
     22.700  node1     the operator moves mail to node2
     22.700  node1     mail moves to node2
     23.567  node1     filesystem of mail could not be stopped; it is tried again
     54.337  node1     filesystem of mail cannot be stopped: this node is going to be reset
     54.337  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     54.342  node1     this node is reset
