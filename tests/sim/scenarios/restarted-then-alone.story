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
     27.600  --        kill-daemon node2
     27.601  node1     the daemon of node2 is gone
     27.900  --        node2: the daemon starts
     27.901  node2     node1 has joined
     27.903  node1     node2 has joined
     27.904  node2     this partition is quorate
     27.906  node2     mail is active on node1, after 0.0 s
     47.600  --        crash node1
     47.600  --        node1: loses its power
     49.326  node2     contact with node1 is lost
     49.329  node2     node2 is elected for mail
     53.168  node2     the disks of mail are no longer connected
     58.168  node2     node1 is being fenced
     60.448  node2     node1 is fenced: it is switched off
     60.448  node2     mail is cleared against node1: it was fenced
     60.449  node2     node2 has acquired mail, epoch 2
     60.670  node2     the kernel asks what became of the other copy of mail
     60.670  node2     the kernel is told what became of the other copy of mail: answer 7
     60.670  --        node2: the fence-peer handler answers 7
     61.310  node2     mail is active on node2, after 0.9 s
     61.310  --        node2: serves mail
