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
     22.600  --        fail node1 mail filesystem stop slow
     22.600  --        break node1 mail filesystem
     22.610  node1     filesystem of mail has failed
     22.610  node1     filesystem of mail is restarted here, restart 1 in the window
     24.600  --        move mail node2
     24.600  node1     the operator moves mail to node2
     24.600  node1     mail moves to node2
     50.303  node1     node1 has released mail
     50.304  node1     node2 is elected for mail
     50.304  node2     node1 has released mail
     50.304  node2     node2 is elected for mail
     50.307  node1     node2 has acquired mail, epoch 2
     50.307  node2     node2 has acquired mail, epoch 2
     50.929  node2     mail is active on node2, after 0.6 s
     50.929  --        node2: serves mail
     50.931  node1     mail is active on node2, after 0.0 s
     50.931  --        the command is answered: done
