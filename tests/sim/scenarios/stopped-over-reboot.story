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
     23.900  --        reboot node1
     23.900  node1     this daemon shuts down and hands its services over
     23.900  --        reboot node2
     23.900  node2     this daemon shuts down and hands its services over
     26.902  --        node2: reboots
     26.902  --        node2: is switched on
     26.903  --        node1: reboots
     26.903  --        node1: is switched on
     47.402  --        node2: the daemon starts
     47.403  --        node1: the daemon starts
     47.404  node2     this partition is quorate
     47.405  node1     node2 has joined
     47.405  node2     node1 has joined
     47.408  node1     this partition is quorate
    113.900  --        start mail
    113.900  node1     the operator starts mail
    113.900  node1     node1 is elected for mail
    113.902  node1     node1 has acquired mail, epoch 2
    113.903  node2     node1 has acquired mail, epoch 2
    115.107  node1     mail is active on node1, after 1.2 s
    115.108  --        the command is answered: done
    115.109  node2     mail is active on node1, after 0.0 s
