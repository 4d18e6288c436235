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
     22.700  --        stop mail
     22.700  node1     the operator stops mail
     23.874  node1     node1 has released mail
     23.876  --        the command is answered: done
     23.877  node2     node1 has released mail
     23.900  --        fail node1 mail address start lies 1
     23.900  --        start mail
     23.900  node1     the operator starts mail
     23.901  node2     node1 has acquired mail, epoch 2
     23.903  node1     node1 has acquired mail, epoch 2
     24.687  node1     mail is active on node1, after 0.8 s
     24.687  node1     address of mail has failed
     24.687  node1     address of mail is restarted here, restart 1 in the window
     25.774  node1     mail is active on node1, after 1.9 s
     25.775  --        the command is answered: done
     25.775  node2     mail is active on node1, after 0.0 s
