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
     22.600  --        detach node2 1
     22.600  node2     this daemon ends and leaves its services running
     22.601  node1     the daemon of node2 is gone
     22.900  --        node2: the daemon starts
     22.901  node1     node2 has joined
     22.901  node2     node1 has joined
     22.904  node2     mail is active on node1, after 0.0 s
     22.904  node2     this partition is quorate
     42.600  --        move mail node2
     42.600  node1     the operator moves mail to node2
     42.600  node1     mail moves to node2
     43.542  node1     node1 has released mail
     43.543  node1     node2 is elected for mail
     43.543  node2     node1 has released mail
     43.543  node2     node2 is elected for mail
     43.545  node2     node2 has acquired mail, epoch 2
     43.546  node1     node2 has acquired mail, epoch 2
     44.324  node2     mail is active on node2, after 0.8 s
     44.324  --        node2: serves mail
     44.326  node1     mail is active on node2, after 0.0 s
     44.326  --        the command is answered: done
