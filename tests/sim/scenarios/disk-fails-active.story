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
     22.700  --        disk-fail node1 mail
     27.810  node1     drbd of mail has failed
     27.810  node1     drbd of mail is restarted here, restart 1 in the window
     58.046  node1     drbd of mail was not up within its start timeout
     58.046  node1     mail has used up its restarts on node1, it moves
     58.046  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     58.218  node1     node1 has released mail
     58.219  node2     node1 has released mail
     58.219  node2     node2 is elected for mail
     58.220  node1     node2 is elected for mail
     58.220  node2     node2 has acquired mail, epoch 2
     58.221  node1     node2 has acquired mail, epoch 2
     58.912  node2     mail is active on node2, after 0.7 s
     58.912  --        node2: serves mail
     58.913  node1     mail is active on node2, after 0.0 s
     82.700  --        node1: its disk is Secondary, Diskless, Connected
     82.700  node1     mail is active on node2, nothing is in its way
     82.700  node1     the disk of mail on node1 is not up to date
     82.700  --        node2: its disk is Primary, UpToDate, Connected
     82.700  node2     mail is active on node2, nothing is in its way
     82.700  node2     the disk of mail on node1 is not up to date
     82.700  --        disk-replace node1 mail
