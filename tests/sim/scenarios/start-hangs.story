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
     22.600  --        stop mail
     22.600  node1     the operator stops mail
     23.777  node1     node1 has released mail
     23.780  --        the command is answered: done
     23.780  node2     node1 has released mail
     23.800  --        fail node1 mail zimbra start hangs 1
     23.800  --        start mail
     23.800  node1     the operator starts mail
     23.801  node2     node1 has acquired mail, epoch 2
     23.803  node1     node1 has acquired mail, epoch 2
     84.351  node1     zimbra of mail was not up within its start timeout
     84.351  node1     zimbra of mail is restarted here, restart 1 in the window
     85.049  node1     mail is active on node1, after 61 s
     85.052  --        the command is answered: done
     85.052  node2     mail is active on node1, after 0.0 s
