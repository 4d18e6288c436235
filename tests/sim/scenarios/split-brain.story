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
     42.900  --        on node2 accept-loss node1
     42.901  node2     the operator confirms that node1 is down
     42.901  --        the command is answered: done
     43.018  node2     node2 is elected for mail
     43.018  node2     mail is cleared against node1: the operator confirmed that it is down
     43.019  node2     node2 has acquired mail, epoch 2
     43.817  node2     mail is active on node2, after 0.8 s
     43.817  --        node2: serves mail
     53.900  --        boot node1
     53.900  --        node1: is switched on
     74.400  --        node1: the daemon starts
     74.450  node1     node2 has joined
     74.450  node2     node1 has joined
     74.453  node1     mail is active on node2, after 0.0 s
     74.453  node1     this partition is quorate
     75.078  --        DRBD finds a split brain, and stays disconnected
     75.078  node2     the disks of mail are split: each side has writes that the other lacks
     75.080  node1     the disks of mail are split: each side has writes that the other lacks
     80.100  --        move mail node1
     80.100  --        the command is answered: refused
     81.100  --        stop-daemon node2
     81.100  node2     this daemon shuts down and hands its services over
     81.797  node2     node2 has released mail
     81.799  node1     node2 has released mail
     81.802  node1     node2 has left in order, it holds nothing
    111.100  --        start-daemon node2
    111.100  --        node2: the daemon starts
    111.100  node2     the disks of mail are split: each side has writes that the other lacks
    111.101  node2     node1 has joined
    111.101  node2     this partition is quorate
    111.103  node1     node2 has joined
    131.100  --        discard node1 mail
    131.630  node2     node2 is elected for mail
    131.631  node1     node2 is elected for mail
    131.632  node1     node2 has acquired mail, epoch 3
    131.632  node2     node2 has acquired mail, epoch 3
    132.540  node2     mail is active on node2, after 0.9 s
    132.543  node1     mail is active on node2, after 0.0 s
