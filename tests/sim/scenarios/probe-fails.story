      0.000  --        fail node1 mail filesystem probe fails 2
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
     21.769  node2     node2 is elected for mail
     22.956  node1     node2 is elected for mail
     22.957  node1     node1 is elected for mail
     22.958  node1     node1 has acquired mail, epoch 1
     22.959  node2     node1 is elected for mail
     22.960  node2     node1 has acquired mail, epoch 1
     23.986  node1     mail is active on node1, after 1.0 s
     23.986  --        node1: serves mail
     23.987  node2     mail is active on node1, after 0.0 s
