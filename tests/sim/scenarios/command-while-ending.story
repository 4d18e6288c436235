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
     22.600  --        fail node1 mail zimbra stop slow
     22.600  --        stop-daemon node1
     22.600  node1     this daemon shuts down and hands its services over
     23.600  --        on node1 move mail node2
     23.600  --        the command is answered: refused
     77.164  node1     node1 has released mail
     77.167  node2     node1 has released mail
     77.167  node2     node2 is elected for mail
     77.169  node2     node1 has left in order, it holds nothing
     77.173  node2     node2 has acquired mail, epoch 2
     78.004  node2     mail is active on node2, after 0.8 s
     78.004  --        node2: serves mail
