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
     23.900  --        stop-daemon node1
     23.900  node1     this daemon shuts down and hands its services over
     23.900  --        stop-daemon node2
     23.900  node2     this daemon shuts down and hands its services over
     28.900  --        by-hand node1 mail
     30.900  --        start-daemon node1
     30.900  --        node1: the daemon starts
     30.900  --        start-daemon node2
     30.900  --        node2: the daemon starts
     30.903  node1     node2 has joined
     30.903  node2     node1 has joined
     30.903  node2     this partition is quorate
     30.904  node1     this partition is quorate
     31.146  node1     mail runs here already, it is adopted untouched
     31.976  node1     node1 has released mail
     31.977  node2     node1 has released mail
     50.900  --        start mail
     50.900  node1     the operator starts mail
     50.900  node1     node1 is elected for mail
     50.901  node2     node1 has acquired mail, epoch 2
     50.902  node1     node1 has acquired mail, epoch 2
     52.155  node1     mail is active on node1, after 1.3 s
     52.156  --        the command is answered: done
     52.157  node2     mail is active on node1, after 0.0 s
