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
     22.700  --        crash node1
     22.700  --        node1: loses its power
     23.302  node2     the disks of mail are no longer connected
     24.565  node2     contact with node1 is lost
     32.700  --        on node2 accept-loss node1
     32.701  node2     the operator confirms that node1 is down
     32.701  --        the command is answered: done
     33.579  node2     node2 is elected for mail
     33.579  node2     mail is cleared against node1: the operator confirmed that it is down
     33.580  node2     node2 has acquired mail, epoch 2
     33.926  node2     the kernel asks what became of the other copy of mail
     33.926  node2     the kernel is told what became of the other copy of mail: answer 5
     33.926  --        node2: the fence-peer handler answers 5
     34.815  node2     mail is active on node2, after 1.2 s
     34.815  --        node2: serves mail
