      0.000  --        boot node1
      0.000  --        node1: is switched on
     20.500  --        node1: the daemon starts
     60.000  --        on node1 accept-loss node2
     60.003  node1     the operator confirms that node2 is down
     60.003  --        the command is answered: done
     61.000  --        node1: its disk is Secondary, Consistent, Connecting
     61.000  node1     no present node can run mail
     61.000  node1     the disk of mail on node1 is not up to date
