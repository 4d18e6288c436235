      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.695  node1     node2 has joined
     20.695  node2     node1 has joined
     20.699  node2     this partition is quorate
     20.699  node1     this partition is quorate
     20.758  node2     node2 is elected for mail
     20.790  node1     node2 is elected for mail
     20.793  node1     node1 is elected for mail
     20.795  node1     node1 has acquired mail, epoch 1
     20.796  node2     node1 has acquired mail, epoch 1
     21.706  node1     mail is active on node1, after 0.9 s
     21.706  --        node1: serves mail
     21.708  node2     mail is active on node1, after 0.0 s
     21.923  node1     node1 is elected for news
     21.925  node2     node1 is elected for news
     21.925  node1     node2 is elected for news
     21.925  node2     node2 is elected for news
     21.925  node2     node1 has acquired news, epoch 1
     21.926  node1     node1 has acquired news, epoch 1
     22.963  node1     news is active on node1, after 1.0 s
     22.963  --        node1: serves news
     22.964  node2     news is active on node1, after 0.0 s
     26.800  --        move news node2
     26.800  node1     the operator moves news to node2
     26.800  node1     news moves to node2
     27.900  node1     node1 has released news
     27.902  node1     node2 is elected for news
     27.902  node2     node1 has released news
     27.902  node2     node2 is elected for news
     27.905  node1     node2 has acquired news, epoch 2
     27.905  node2     node2 has acquired news, epoch 2
     29.149  node2     news is active on node2, after 1.2 s
     29.149  --        node2: serves news
     29.151  node1     news is active on node2, after 0.0 s
     29.151  --        the command is answered: done
     29.200  --        crash node2
     29.200  --        node2: loses its power
     31.208  node1     contact with node2 is lost
     31.214  node1     node1 is elected for news
     31.920  --        node1: DRBD has lost its peer, and is frozen
     31.922  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     31.922  node1     the disks of mail are no longer connected
     31.922  node1     the frozen disk of mail goes on without its peer
     31.925  node1     the kernel asks what became of the other copy of mail
     31.925  node1     the kernel is told what became of the other copy of mail: answer 5
     31.925  --        node1: the fence-peer handler answers 5
     31.925  node1     the disk of mail is no longer frozen
     32.196  node1     the disks of news are no longer connected
     39.200  --        on node1 accept-loss node2
     39.203  node1     the operator confirms that node2 is down
     39.203  --        the command is answered: done
     39.224  node1     news is cleared against node2: the operator confirmed that it is down
     39.226  node1     node1 has acquired news, epoch 3
     39.351  node1     the kernel asks what became of the other copy of news
     39.351  node1     the kernel is told what became of the other copy of news: answer 5
     39.351  --        node1: the fence-peer handler answers 5
     40.112  node1     news is active on node1, after 0.9 s
     40.112  --        node1: serves news
