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
     22.600  --        crash node1
     22.600  --        node1: loses its power
     24.398  node2     contact with node1 is lost
     24.404  node2     node2 is elected for mail
     26.583  node2     the disks of mail are no longer connected
     32.600  --        on node2 accept-loss node1
     32.601  node2     the operator confirms that node1 is down
     32.601  --        the command is answered: done
     33.586  node2     mail is cleared against node1: the operator confirmed that it is down
     33.589  node2     node2 has acquired mail, epoch 2
     33.815  node2     the kernel asks what became of the other copy of mail
     33.815  node2     the kernel is told what became of the other copy of mail: answer 7
     33.815  --        node2: the fence-peer handler answers 7
     34.254  node2     mail is active on node2, after 0.7 s
     34.254  --        node2: serves mail
