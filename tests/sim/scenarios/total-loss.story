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
     22.700  --        crash node1
     22.700  --        node1: loses its power
     22.700  --        crash node2
     22.700  --        node2: loses its power
     32.700  --        boot node2
     32.700  --        node2: is switched on
     35.700  --        boot node1
     35.700  --        node1: is switched on
     53.200  --        node2: the daemon starts
     56.200  --        node1: the daemon starts
     56.554  node1     node2 has joined
     56.554  node2     node1 has joined
     56.555  node1     this partition is quorate
     56.557  node2     this partition is quorate
     56.689  node1     node1 is elected for mail
     56.690  node2     node1 is elected for mail
     56.690  node2     node1 has acquired mail, epoch 2
     56.691  node1     node1 has acquired mail, epoch 2
     57.761  node1     mail is active on node1, after 1.1 s
     57.763  node2     mail is active on node1, after 0.0 s
