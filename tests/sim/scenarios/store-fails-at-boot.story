      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        store-fails node1 on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.566  node1     node2 has joined
     20.566  node2     node1 has joined
     20.567  node1     this partition is quorate
     20.570  node2     this partition is quorate
     20.716  node1     the state file cannot be written: this node acquires nothing
     20.806  node1     node2 is elected for mail
     20.807  node2     node2 is elected for mail
     20.808  node2     node2 has acquired mail, epoch 1
     20.810  node1     node2 has acquired mail, epoch 1
     21.834  node2     mail is active on node2, after 1.0 s
     21.834  --        node2: serves mail
     21.836  node1     mail is active on node2, after 0.0 s
