      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.501  node1     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node2     node1 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     node1 has joined
     20.503  node3     node2 has joined
     20.504  node3     this partition is quorate
     20.506  node2     this partition is quorate
     20.731  node1     node1 is elected for mail
     20.736  node3     node1 is elected for mail
     20.825  node2     node1 is elected for mail
     21.732  node2     node1 has acquired mail, epoch 1
     21.732  node3     node1 has acquired mail, epoch 1
     21.734  node1     node1 has acquired mail, epoch 1
     22.422  node1     mail is active on node1, after 0.7 s
     22.422  --        node1: serves mail
     22.425  node2     mail is active on node1, after 0.0 s
     22.425  node3     mail is active on node1, after 0.0 s
     27.500  --        on node3 standby node2
     27.500  node3     node2 is in standby
     27.500  --        the command is answered: done
     32.500  --        crash node1
     32.500  --        node1: loses its power
     32.500  --        crash node2
     32.500  --        node2: loses its power
     32.500  --        crash node3
     32.500  --        node3: loses its power
     37.500  --        boot node1
     37.500  --        node1: is switched on
     37.500  --        boot node2
     37.500  --        node2: is switched on
     58.000  --        node1: the daemon starts
     58.000  --        node2: the daemon starts
     58.309  node1     node2 has joined
     58.309  node2     node1 has joined
     58.312  node2     this partition is quorate
     58.313  node1     this partition is quorate
     59.289  node1     node1 is elected for mail
     59.289  node2     node1 is elected for mail
     59.291  node1     node1 has acquired mail, epoch 2
     59.292  node2     node1 has acquired mail, epoch 2
     60.133  node1     mail is active on node1, after 0.8 s
     60.134  node2     mail is active on node1, after 0.0 s
     60.200  --        move mail node2
     60.200  --        the command is answered: refused
