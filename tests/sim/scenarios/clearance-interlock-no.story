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
     23.900  --        repl-cut
     26.393  node1     the disks of mail are no longer connected
     29.286  node2     the disks of mail are no longer connected
     33.900  --        freeze-daemon node1
     38.403  node2     the daemon of node1 has been silent for 5.0 s
     41.900  --        on node2 start mail
     41.900  node2     the operator starts mail
