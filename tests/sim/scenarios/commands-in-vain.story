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
     22.600  --        reset-fails node1 on
     22.600  --        fail node1 mail zimbra stop fails 1000
     22.600  --        standby node1
     22.600  node1     node1 is in standby
     22.839  node1     zimbra of mail could not be stopped; it is tried again
     85.904  node1     zimbra of mail cannot be stopped: this node is going to be reset
     85.904  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     85.909  node1     this node is reset
    382.600  --        the command is answered: not done
    382.600  --        stop mail
    382.600  node1     the operator stops mail
    712.600  --        the command is answered: not done
