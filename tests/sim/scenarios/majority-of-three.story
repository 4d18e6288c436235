      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node3: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node3     the watchdog is armed, it fires after 10 s
     20.544  node1     node3 has joined
     20.544  node3     node1 has joined
     20.547  node3     this partition is quorate
     20.548  node1     this partition is quorate
     60.000  --        boot node2
     60.000  --        node2: is switched on
     80.500  --        node2: the daemon starts
     80.500  node2     the watchdog is armed, it fires after 10 s
     80.521  node1     node2 has joined
     80.521  node2     node1 has joined
     80.521  node2     node3 has joined
     80.521  node3     node2 has joined
     80.524  node2     this partition is quorate
     81.204  node3     node1 is elected for mail
     81.206  node1     node1 is elected for mail
     81.206  node2     node1 is elected for mail
     81.207  node2     node1 has acquired mail, epoch 1
     81.209  node1     node1 has acquired mail, epoch 1
     81.209  node3     node1 has acquired mail, epoch 1
     82.375  node1     mail is active on node1, after 1.2 s
     82.375  --        node1: serves mail
     82.376  node2     mail is active on node1, after 0.0 s
     82.377  node3     mail is active on node1, after 0.0 s
     82.400  --        crash node3
     82.400  --        node3: loses its power
     84.295  node1     contact with node3 is lost
     84.295  node2     contact with node3 is lost
