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
     22.400  --        on node3 stop mail
     22.400  node3     the operator stops mail
     23.247  node1     node1 has released mail
     23.248  node3     node1 has released mail
     23.248  --        the command is answered: done
     23.249  node2     node1 has released mail
     23.300  --        crash node1
     23.300  --        node1: loses its power
     23.300  --        crash node2
     23.300  --        node2: loses its power
     23.300  --        crash node3
     23.300  --        node3: loses its power
     28.300  --        boot node1
     28.300  --        node1: is switched on
     28.300  --        boot node2
     28.300  --        node2: is switched on
     48.800  --        node1: the daemon starts
     48.800  --        node2: the daemon starts
     49.028  node1     node2 has joined
     49.028  node2     node1 has joined
     49.030  node1     this partition is quorate
     49.033  node2     this partition is quorate
