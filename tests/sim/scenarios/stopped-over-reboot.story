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
     23.800  --        reboot node1
     23.800  node1     this daemon shuts down and hands its services over
     23.800  --        reboot node2
     23.800  node2     this daemon shuts down and hands its services over
     26.802  --        node2: reboots
     26.802  --        node2: is switched on
     26.803  --        node1: reboots
     26.803  --        node1: is switched on
     47.302  --        node2: the daemon starts
     47.303  --        node1: the daemon starts
     47.320  node1     node2 has joined
     47.320  node2     node1 has joined
     47.322  node1     this partition is quorate
     47.325  node2     this partition is quorate
    113.800  --        start mail
    113.800  node1     the operator starts mail
    113.800  node1     node1 is elected for mail
    113.801  node1     node1 has acquired mail, epoch 2
    113.802  node2     node1 has acquired mail, epoch 2
    114.792  node1     mail is active on node1, after 1.0 s
    114.793  node2     mail is active on node1, after 0.0 s
    114.795  --        the command is answered: done
