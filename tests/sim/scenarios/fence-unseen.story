      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.544  node2     node3 has joined
     20.544  node3     node2 has joined
     20.547  node3     this partition is quorate
     20.550  node2     this partition is quorate
     20.593  node2     node2 is elected for mail
     20.640  node3     node2 is elected for mail
     90.000  --        boot node1
     90.000  --        node1: is switched on
    110.500  --        node1: the daemon starts
    110.554  node1     node2 has joined
    110.554  node1     node3 has joined
    110.554  node2     node1 has joined
    110.554  node3     node1 has joined
    110.555  node1     this partition is quorate
    110.693  node1     node2 is elected for mail
    110.694  node3     node1 is elected for mail
    110.695  node1     node1 is elected for mail
    110.696  node1     node1 has acquired mail, epoch 1
    110.696  node3     node1 has acquired mail, epoch 1
    110.697  node2     node1 has acquired mail, epoch 1
    111.235  node1     mail is active on node1, after 0.5 s
    111.235  --        node1: serves mail
    111.236  node3     mail is active on node1, after 0.0 s
    111.237  node2     mail is active on node1, after 0.0 s
