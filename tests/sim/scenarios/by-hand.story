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
     22.600  --        stop mail
     22.600  node1     the operator stops mail
     23.777  node1     node1 has released mail
     23.780  --        the command is answered: done
     23.780  node2     node1 has released mail
     23.800  --        stop-daemon node1
     23.800  node1     this daemon shuts down and hands its services over
     23.800  --        stop-daemon node2
     23.800  node2     this daemon shuts down and hands its services over
     28.800  --        by-hand node1 mail
     30.800  --        start-daemon node1
     30.800  --        node1: the daemon starts
     30.800  --        start-daemon node2
     30.800  --        node2: the daemon starts
     30.802  node2     node1 has joined
     30.803  node1     node2 has joined
     30.803  node2     this partition is quorate
     30.805  node1     this partition is quorate
     31.044  node1     mail runs here already, it is adopted untouched
     32.159  node1     node1 has released mail
     32.160  node2     node1 has released mail
     50.800  --        start mail
     50.800  node1     the operator starts mail
     50.800  node1     node1 is elected for mail
     50.801  node2     node1 has acquired mail, epoch 2
     50.802  node1     node1 has acquired mail, epoch 2
     51.756  node1     mail is active on node1, after 1.0 s
     51.757  --        the command is answered: done
     51.758  node2     mail is active on node1, after 0.0 s
