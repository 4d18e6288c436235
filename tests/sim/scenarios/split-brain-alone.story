      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.566  node1     node2 has joined
     20.566  node2     node1 has joined
     20.567  node1     this partition is quorate
     20.570  node2     this partition is quorate
     20.713  node1     node1 is elected for mail
     20.776  node2     node1 is elected for mail
     21.716  node1     node1 has acquired mail, epoch 1
     21.716  node2     node1 has acquired mail, epoch 1
     22.854  node1     mail is active on node1, after 1.1 s
     22.854  --        node1: serves mail
     22.857  node2     mail is active on node1, after 0.0 s
     27.900  --        repl-cut
     31.851  node1     the disks of mail are no longer connected
     32.993  node2     the disks of mail are no longer connected
     37.900  --        crash node1
     37.900  --        node1: loses its power
     37.900  --        repl-heal
     40.013  node2     contact with node1 is lost
     57.900  --        on node2 accept-loss node1
     57.901  node2     the operator confirms that node1 is down
     57.901  --        the command is answered: done
     58.018  node2     node2 is elected for mail
     58.018  node2     mail is cleared against node1: the operator confirmed that it is down
     58.019  node2     node2 has acquired mail, epoch 2
     58.490  node2     mail is active on node2, after 0.5 s
     58.490  --        node2: serves mail
     68.500  --        boot node1
     68.500  --        node1: is switched on
     89.000  --        node1: the daemon starts
     89.417  node1     node2 has joined
     89.417  node2     node1 has joined
     89.419  node1     mail is active on node2, after 0.0 s
     89.420  node1     this partition is quorate
     89.875  --        DRBD finds a split brain, and stays disconnected
     89.877  node1     the disks of mail are split: each side has writes that the other lacks
     89.878  node2     the disks of mail are split: each side has writes that the other lacks
     94.900  --        stop mail
     94.900  node1     the operator stops mail
     95.499  node2     node2 has released mail
     95.500  node1     node2 has released mail
     95.500  --        the command is answered: done
     95.500  --        crash node1
     95.500  --        node1: loses its power
     95.500  --        start mail
     95.500  node2     the operator starts mail
     97.608  node2     contact with node1 is lost
    125.500  --        on node2 accept-loss node1
    125.503  node2     the operator confirms that node1 is down
    125.503  --        the command is answered: done
    125.612  node2     node2 is elected for mail
    125.612  node2     mail is cleared against node1: the operator confirmed that it is down
    125.614  node2     node2 has acquired mail, epoch 3
    126.748  node2     mail is active on node2, after 1.1 s
