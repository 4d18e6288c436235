      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.500  node3     the watchdog is armed, it fires after 10 s
     20.502  node2     node1 has joined
     20.503  node1     node2 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     node1 has joined
     20.503  node3     node2 has joined
     20.503  node1     this partition is quorate
     20.504  node2     this partition is quorate
     20.504  node3     this partition is quorate
     21.140  node2     node1 is elected for mail
     21.140  node3     node1 is elected for mail
     21.141  node1     node1 is elected for mail
     21.142  node3     node1 has acquired mail, epoch 1
     21.144  node1     node1 has acquired mail, epoch 1
     21.144  node2     node1 has acquired mail, epoch 1
     22.100  node1     mail is active on node1, after 1.0 s
     22.100  --        node1: serves mail
     22.100  --        crash node3
     22.100  --        node3: loses its power
     22.103  node2     mail is active on node1, after 0.0 s
     23.926  node1     contact with node3 is lost
     23.926  node2     contact with node3 is lost
     32.100  --        config node1 3
     32.100  --        config node2 3
     32.100  --        reload
     32.125  --        the command is answered: refused
