      0.000  --        boot node1
      0.000  --        node1: is switched on
     20.500  --        node1: the daemon starts
     60.000  --        on node1 accept-loss node2
     60.003  node1     the operator confirms that node2 is down
     60.003  --        the command is answered: done
     60.748  node1     node1 is elected for mail
     60.748  node1     mail is cleared against node2: the operator confirmed that it is down
     60.751  node1     node1 has acquired mail, epoch 1
     60.819  node1     the kernel asks what became of the other copy of mail
     60.819  node1     the kernel is told what became of the other copy of mail: answer 7
     60.819  --        node1: the fence-peer handler answers 7
     61.000  --        node1: its disk is Primary, UpToDate, Connecting
     61.000  node1     address is being started on node1, for 0.1 s
