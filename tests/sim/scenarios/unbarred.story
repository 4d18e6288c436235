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
     22.600  --        break node1 mail zimbra
     22.610  node1     zimbra of mail has failed
     22.610  node1     mail has used up its restarts on node1, it moves
     22.610  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     23.787  node1     node1 has released mail
     23.790  node1     node2 is elected for mail
     23.790  node2     node1 has released mail
     23.790  node2     node2 is elected for mail
     23.792  node1     node2 has acquired mail, epoch 2
     23.792  node2     node2 has acquired mail, epoch 2
     24.296  node2     mail is active on node2, after 0.5 s
     24.296  --        node2: serves mail
     24.297  node1     mail is active on node2, after 0.0 s
    624.297  node1     node1 is no longer barred for mail
