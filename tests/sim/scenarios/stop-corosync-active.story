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
     22.700  --        stop-corosync node1
     22.701  node2     the daemon of node1 is gone
     22.702  node2     node2 is elected for mail
     22.961  node1     corosync is gone: services that run keep running, nothing is started or fenced
     27.700  --        start-corosync node1
     28.687  node1     node2 has joined
     28.687  node2     node1 has joined
     28.690  node2     mail is active on node1, after 0.0 s
     28.692  node1     this partition is quorate
