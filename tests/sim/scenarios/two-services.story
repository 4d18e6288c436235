      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.695  node1     node2 has joined
     20.695  node2     node1 has joined
     20.699  node2     this partition is quorate
     20.700  node1     this partition is quorate
     20.757  node2     node2 is elected for mail
     20.790  node1     node2 is elected for mail
     20.792  node1     node1 is elected for mail
     20.793  node1     node1 has acquired mail, epoch 1
     20.794  node2     node1 has acquired mail, epoch 1
     21.701  node1     mail is active on node1, after 0.9 s
     21.701  --        node1: serves mail
     21.703  node2     mail is active on node1, after 0.0 s
     21.922  node2     node1 is elected for news
     21.923  node1     node1 is elected for news
     21.923  node1     node2 is elected for news
     21.924  node1     node1 has acquired news, epoch 1
     21.925  node2     node2 is elected for news
     21.926  node2     node1 has acquired news, epoch 1
     23.084  node1     news is active on node1, after 1.2 s
     23.084  --        node1: serves news
     23.086  node2     news is active on node1, after 0.0 s
     26.800  --        move news node2
     26.800  node1     the operator moves news to node2
     26.800  node1     news moves to node2
     27.748  node1     node1 has released news
     27.750  node1     node2 is elected for news
     27.751  node2     node1 has released news
     27.751  node2     node2 is elected for news
     27.753  node1     node2 has acquired news, epoch 2
     27.753  node2     node2 has acquired news, epoch 2
     28.711  node2     news is active on node2, after 1.0 s
     28.711  --        node2: serves news
     28.713  node1     news is active on node2, after 0.0 s
     28.713  --        the command is answered: done
     28.800  --        crash node2
     28.800  --        node2: loses its power
     30.808  node1     contact with node2 is lost
     30.811  node1     node1 is elected for news
     31.520  --        node1: DRBD has lost its peer, and is frozen
     31.522  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     31.522  node1     the disks of mail are no longer connected
     31.522  node1     the frozen disk of mail goes on without its peer
     31.525  node1     the kernel asks what became of the other copy of mail
     31.525  node1     the kernel is told what became of the other copy of mail: answer 5
     31.525  --        node1: the fence-peer handler answers 5
     31.525  node1     the disk of mail is no longer frozen
     31.796  node1     the disks of news are no longer connected
     38.800  --        on node1 accept-loss node2
     38.803  node1     the operator confirms that node2 is down
     38.803  --        the command is answered: done
     38.814  node1     news is cleared against node2: the operator confirmed that it is down
     38.816  node1     node1 has acquired news, epoch 3
     38.983  node1     the kernel asks what became of the other copy of news
     38.983  node1     the kernel is told what became of the other copy of news: answer 7
     38.983  --        node1: the fence-peer handler answers 7
     39.551  node1     news is active on node1, after 0.7 s
     39.551  --        node1: serves news
