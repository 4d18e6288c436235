      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.658  node2     node2 is elected for mail
     20.711  node2     node3 has joined
     20.711  node3     node2 has joined
     20.713  node3     this partition is quorate
     20.715  node2     this partition is quorate
     20.741  node3     node2 is elected for mail
     90.000  --        boot node1
     90.000  --        node1: is switched on
    110.500  --        node1: the daemon starts
    110.516  node1     node2 has joined
    110.516  node1     node3 has joined
    110.516  node2     node1 has joined
    110.516  node3     node1 has joined
    110.520  node1     this partition is quorate
    110.643  node1     node2 is elected for mail
    110.644  node2     node1 is elected for mail
    110.644  node3     node1 is elected for mail
    110.646  node1     node1 is elected for mail
    110.647  node3     node1 has acquired mail, epoch 1
    110.648  node2     node1 has acquired mail, epoch 1
    110.649  node1     node1 has acquired mail, epoch 1
    111.205  node1     mail is active on node1, after 0.6 s
    111.205  --        node1: serves mail
    111.207  node2     mail is active on node1, after 0.0 s
    111.208  node3     mail is active on node1, after 0.0 s
