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
     23.800  --        fail node1 mail zimbra start fails 1000
     23.800  --        fail node2 mail zimbra start fails 1000
     23.800  --        start mail
     23.800  node1     the operator starts mail
     23.801  node2     node1 has acquired mail, epoch 2
     23.803  node1     node1 has acquired mail, epoch 2
     24.475  node1     zimbra of mail could not be started
     24.475  node1     zimbra of mail is restarted here, restart 1 in the window
     24.697  node1     zimbra of mail could not be started
     24.697  node1     mail has used up its restarts on node1, it moves
     24.697  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     25.766  node1     node1 has released mail
     25.767  node1     node2 is elected for mail
     25.768  node2     node1 has released mail
     25.768  node2     node2 is elected for mail
     25.771  node1     node2 has acquired mail, epoch 3
     25.771  node2     node2 has acquired mail, epoch 3
     26.635  node2     zimbra of mail could not be started
     26.635  node2     zimbra of mail is restarted here, restart 1 in the window
     26.822  node2     zimbra of mail could not be started
     26.822  node2     mail has used up its restarts on node2, it moves
     26.822  node2     node2 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     26.822  node2     mail has failed on every node that could run it; it is tried again in 10 s
     27.446  node2     node2 has released mail
     27.448  node1     node2 has released mail
     27.448  node1     node2 is elected for mail
     27.449  node2     node2 is elected for mail
     36.825  node1     node2 has acquired mail, epoch 4
     36.825  node2     node2 has acquired mail, epoch 4
     37.693  node2     zimbra of mail could not be started
     37.693  node2     mail has used up its restarts on node2, it moves
     37.693  node2     mail has failed on every node that could run it; it is tried again in 20 s
     38.809  node2     node2 has released mail
     38.811  node2     node2 is elected for mail
     38.812  node1     node2 has released mail
     38.812  node1     node2 is elected for mail
     57.694  node1     node2 has acquired mail, epoch 5
     57.696  node2     node2 has acquired mail, epoch 5
     58.693  node2     zimbra of mail could not be started
     58.693  node2     mail has used up its restarts on node2, it moves
     58.693  node2     mail has failed on every node that could run it; it is tried again in 40 s
     59.691  node2     node2 has released mail
     59.692  node1     node2 has released mail
     59.692  node1     node2 is elected for mail
     59.692  node2     node2 is elected for mail
     98.694  node1     node2 has acquired mail, epoch 6
     98.696  node2     node2 has acquired mail, epoch 6
     99.688  node2     zimbra of mail could not be started
     99.688  node2     mail has used up its restarts on node2, it moves
     99.688  node2     mail has failed on every node that could run it; it is tried again in 80 s
    100.797  node2     node2 has released mail
    100.798  node2     node2 is elected for mail
    100.800  node1     node2 has released mail
    100.800  node1     node2 is elected for mail
    179.689  node1     node2 has acquired mail, epoch 7
    179.689  node2     node2 has acquired mail, epoch 7
    180.321  node2     zimbra of mail could not be started
    180.321  node2     mail has used up its restarts on node2, it moves
    180.321  node2     mail has failed on every node that could run it; it is tried again in 160 s
    180.898  node2     node2 has released mail
    180.899  node2     node2 is elected for mail
    180.901  node1     node2 has released mail
    180.901  node1     node2 is elected for mail
    340.323  node1     node2 has acquired mail, epoch 8
    340.323  node2     node2 has acquired mail, epoch 8
    341.193  node2     zimbra of mail could not be started
    341.193  node2     mail has used up its restarts on node2, it moves
    341.193  node2     mail has failed on every node that could run it; it is tried again in 300 s
    341.895  node2     node2 has released mail
    341.897  node1     node2 has released mail
    341.897  node1     node2 is elected for mail
    341.898  node2     node2 is elected for mail
    353.800  --        the command is answered: not done
