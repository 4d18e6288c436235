      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.644  node1     node2 has joined
     20.644  node2     node1 has joined
     21.311  node1     node1 is elected for mail
     21.311  node2     node1 is elected for mail
     60.000  --        boot node3
     60.000  --        node3: is switched on
     80.500  --        node3: the daemon starts
     80.500  node3     the watchdog is armed, it fires after 10 s
     80.623  node1     node3 has joined
     80.623  node2     node3 has joined
     80.623  node3     node1 has joined
     80.623  node3     node2 has joined
     80.626  node3     this partition is quorate
     80.627  node1     this partition is quorate
     80.628  node2     this partition is quorate
     80.628  node3     node1 has acquired mail, epoch 1
     80.629  node1     node1 has acquired mail, epoch 1
     80.629  node2     node1 has acquired mail, epoch 1
     81.550  node1     mail is active on node1, after 0.9 s
     81.550  --        node1: serves mail
     81.551  node3     mail is active on node1, after 0.0 s
     81.552  node2     mail is active on node1, after 0.0 s
