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
     22.700  --        standby node2
     22.700  node1     node2 is in standby
     22.700  --        the command is answered: done
     22.700  --        standby node1
     22.700  node1     node1 is in standby
     23.695  node1     node1 has released mail
     23.696  node2     node1 has released mail
     23.698  --        the command is answered: done
     23.700  --        online node2
     23.700  node1     node2 is online
     23.700  node1     node2 is elected for mail
     23.700  --        the command is answered: done
     23.702  node2     node2 is elected for mail
     23.703  node2     node2 has acquired mail, epoch 2
     23.705  node1     node2 has acquired mail, epoch 2
     24.708  node2     mail is active on node2, after 1.0 s
     24.708  --        node2: serves mail
     24.709  node1     mail is active on node2, after 0.0 s
