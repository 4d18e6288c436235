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
     22.600  --        disk-fail node1 mail
     27.710  node1     drbd of mail has failed
     27.710  node1     drbd of mail is restarted here, restart 1 in the window
     57.571  node1     drbd of mail was not up within its start timeout
     57.571  node1     mail has used up its restarts on node1, it moves
     57.571  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     57.918  node1     node1 has released mail
     57.921  node1     node2 is elected for mail
     57.921  node2     node1 has released mail
     57.921  node2     node2 is elected for mail
     57.924  node1     node2 has acquired mail, epoch 2
     57.924  node2     node2 has acquired mail, epoch 2
     59.041  node2     mail is active on node2, after 1.1 s
     59.041  --        node2: serves mail
     59.044  node1     mail is active on node2, after 0.0 s
     82.600  --        node1: its disk is Secondary, Diskless, Connected
     82.600  node1     mail is active on node2, nothing is in its way
     82.600  node1     the disk of mail on node1 is not up to date
     82.600  --        node2: its disk is Primary, UpToDate, Connected
     82.600  node2     mail is active on node2, nothing is in its way
     82.600  node2     the disk of mail on node1 is not up to date
     82.600  --        disk-replace node1 mail
