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
     22.600  --        store-fails node2 on
     23.600  --        standby node1
     23.600  node1     node1 is in standby
     23.606  node2     the state file cannot be written: this node acquires nothing
     24.471  node1     node1 has released mail
     24.473  --        the command is answered: done
     24.473  node2     node1 has released mail
     43.600  --        store-fails node2 off
     43.627  node1     node2 is elected for mail
     43.629  node2     node2 is elected for mail
     43.631  node1     node2 has acquired mail, epoch 2
     43.632  node2     node2 has acquired mail, epoch 2
     44.604  node2     mail is active on node2, after 1.0 s
     44.604  --        node2: serves mail
     44.605  node1     mail is active on node2, after 0.0 s
