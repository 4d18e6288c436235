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
     25.000  --        crash node1
     25.000  --        node1: loses its power
     26.752  node2     contact with node1 is lost
     26.774  node2     node2 is elected for mail
     29.081  node2     the disks of mail are no longer connected
     48.776  node2     mail is cleared against node1: its lease and its watchdog have run out
     48.777  node2     node2 has acquired mail, epoch 2
     49.155  node2     the kernel asks what became of the other copy of mail
     49.155  node2     the kernel is told what became of the other copy of mail: answer 5
     49.155  --        node2: the fence-peer handler answers 5
     49.701  node2     mail is active on node2, after 0.9 s
     49.701  --        node2: serves mail
