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
     42.600  --        detach node1 1
     42.600  node1     this daemon ends and leaves its services running
     42.603  node2     the daemon of node1 is gone
     42.606  node2     node2 is elected for mail
     42.900  --        node1: the daemon starts
     42.901  node2     node1 has joined
     42.902  node1     node2 has joined
     42.904  node1     this partition is quorate
     43.101  node1     mail runs here already, it is adopted untouched
     43.104  node2     mail is active on node1, after 0.0 s
     62.600  --        detach node2 2
     62.600  node2     this daemon ends and leaves its services running
     62.603  node1     the daemon of node2 is gone
     62.900  --        node2: the daemon starts
     62.901  node1     node2 has joined
     62.902  node2     node1 has joined
     62.904  node2     mail is active on node1, after 0.0 s
     62.904  node2     this partition is quorate
     82.600  --        detach node1 2
     82.600  node1     this daemon ends and leaves its services running
     82.603  node2     the daemon of node1 is gone
     82.606  node2     node2 is elected for mail
     82.900  --        node1: the daemon starts
     82.902  node1     node2 has joined
     82.902  node2     node1 has joined
     82.904  node1     this partition is quorate
     83.148  node1     mail runs here already, it is adopted untouched
     83.150  node2     mail is active on node1, after 0.0 s
