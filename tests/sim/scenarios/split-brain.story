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
     20.810  node1     node1 is elected for mail
     20.815  node2     node1 is elected for mail
     21.812  node2     node1 has acquired mail, epoch 1
     21.813  node1     node1 has acquired mail, epoch 1
     22.767  node1     mail is active on node1, after 1.0 s
     22.767  --        node1: serves mail
     22.768  node2     mail is active on node1, after 0.0 s
     22.800  --        cut node1
     24.696  node1     contact with node2 is lost
     24.967  node2     contact with node1 is lost
     24.970  node2     node2 is elected for mail
     26.762  node2     the disks of mail are no longer connected
     28.881  node1     the disks of mail are no longer connected
     32.800  --        on node2 accept-loss node1
     32.800  --        (which makes no sense now)
     62.800  --        heal
     63.326  node1     node2 has joined
     63.326  node2     node1 has joined
     63.328  node2     mail is active on node1, after 0.0 s
     82.800  --        node1: its disk is Primary, UpToDate, Connected
     82.800  node1     mail is active on node1, nothing is in its way
     82.800  --        node2: its disk is Secondary, UpToDate, Connected
     82.800  node2     mail is active on node1, nothing is in its way
