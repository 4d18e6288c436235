      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     24.046  node1     this partition is quorate
     24.046  node1     node1 is elected for mail
     24.047  node1     node1 has acquired mail, epoch 1
     24.049  node2     node1 has acquired mail, epoch 1
     24.748  node2     this partition is quorate
     24.943  node1     mail is active on node1, after 0.9 s
     24.943  --        node1: serves mail
     24.944  node2     mail is active on node1, after 0.0 s
     25.000  --        maintenance mail on
     25.000  node1     mail is in maintenance: it is left alone
     25.000  --        the command is answered: done
     25.150  --        stop-daemon node2
     25.150  node2     this daemon shuts down and hands its services over
     25.152  node1     the watchdog is not armed
     25.153  node1     node2 has left in order, it holds nothing
