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
     22.600  --        crash node1
     22.600  --        node1: loses its power
     22.600  --        crash node2
     22.600  --        node2: loses its power
     32.600  --        boot node2
     32.600  --        node2: is switched on
     35.600  --        boot node1
     35.600  --        node1: is switched on
     53.100  --        node2: the daemon starts
     56.100  --        node1: the daemon starts
     56.275  node1     node2 has joined
     56.275  node2     node1 has joined
     56.278  node1     this partition is quorate
     56.281  node2     this partition is quorate
     57.090  node2     node1 is elected for mail
     57.091  node1     node1 is elected for mail
     57.093  node1     node1 has acquired mail, epoch 2
     57.093  node2     node1 has acquired mail, epoch 2
     58.074  node1     mail is active on node1, after 1.0 s
     58.075  node2     mail is active on node1, after 0.0 s
