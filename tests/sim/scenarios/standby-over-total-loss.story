      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.502  node2     node1 has joined
     20.502  node3     node1 has joined
     20.502  node3     node2 has joined
     20.502  node2     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     this partition is quorate
     20.503  node1     this partition is quorate
     21.394  node2     node1 is elected for mail
     21.396  node1     node1 is elected for mail
     21.396  node3     node1 is elected for mail
     21.397  node1     node1 has acquired mail, epoch 1
     21.399  node2     node1 has acquired mail, epoch 1
     21.399  node3     node1 has acquired mail, epoch 1
     22.395  node1     mail is active on node1, after 1.0 s
     22.395  --        node1: serves mail
     22.396  node2     mail is active on node1, after 0.0 s
     22.398  node3     mail is active on node1, after 0.0 s
     27.400  --        on node3 standby node2
     27.400  node3     node2 is in standby
     27.400  --        the command is answered: done
     32.400  --        crash node1
     32.400  --        node1: loses its power
     32.400  --        crash node2
     32.400  --        node2: loses its power
     32.400  --        crash node3
     32.400  --        node3: loses its power
     37.400  --        boot node1
     37.400  --        node1: is switched on
     37.400  --        boot node2
     37.400  --        node2: is switched on
     57.900  --        node1: the daemon starts
     57.900  --        node2: the daemon starts
     58.205  node1     node1 is elected for mail
     58.416  node1     node2 has joined
     58.416  node2     node1 has joined
     58.417  node2     this partition is quorate
     58.418  node1     this partition is quorate
     58.419  node2     node1 is elected for mail
     59.208  node1     node1 has acquired mail, epoch 2
     59.208  node2     node1 has acquired mail, epoch 2
     59.965  node1     mail is active on node1, after 0.8 s
     59.968  node2     mail is active on node1, after 0.0 s
     60.000  --        move mail node2
     60.000  --        the command is answered: refused
