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
     27.600  --        crash node1
     27.600  --        node1: loses its power
     27.600  --        crash node2
     27.600  --        node2: loses its power
     32.600  --        boot node2
     32.600  --        node2: is switched on
     53.100  --        node2: the daemon starts
     92.600  --        on node2 accept-loss node1
     92.602  node2     the operator confirms that node1 is down
     92.602  --        the command is answered: done
     93.419  node2     node2 is elected for mail
     93.419  node2     mail is cleared against node1: the operator confirmed that it is down
     93.421  node2     node2 has acquired mail, epoch 2
     93.642  node2     the kernel asks what became of the other copy of mail
     93.642  node2     the kernel is told what became of the other copy of mail: answer 7
     93.642  --        node2: the fence-peer handler answers 7
     94.496  node2     mail is active on node2, after 1.1 s
     94.496  --        node2: serves mail
