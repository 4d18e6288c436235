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
     22.610  node1     zimbra of mail is restarted here, restart 1 in the window
     23.178  node1     mail is active on node1, after 1.4 s
     23.181  node2     mail is active on node1, after 0.0 s
     23.200  --        break node1 mail zimbra
     23.210  node1     zimbra of mail has failed
     23.210  node1     mail has used up its restarts on node1, it moves
     23.210  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     24.089  node1     node1 has released mail
     24.090  node2     node1 has released mail
     24.090  node2     node2 is elected for mail
     24.092  node1     node2 is elected for mail
     24.092  node1     node2 has acquired mail, epoch 2
     24.093  node2     node2 has acquired mail, epoch 2
     24.739  node2     mail is active on node2, after 0.6 s
     24.739  --        node2: serves mail
     24.742  node1     mail is active on node2, after 0.0 s
     24.800  --        move mail node1
     24.800  --        the command is answered: refused
     25.800  --        cleanup mail
     25.803  node1     failures and bars of mail are forgotten
     25.803  --        the command is answered: done
     25.803  node2     failures and bars of mail are forgotten
     26.800  --        move mail node1
     26.800  node1     the operator moves mail to node1
     26.801  node2     mail moves to node1
     27.550  node2     node2 has released mail
     27.551  node1     node2 has released mail
     27.551  node1     node1 is elected for mail
     27.552  node1     node1 has acquired mail, epoch 3
     27.553  node2     node1 is elected for mail
     27.553  node2     node1 has acquired mail, epoch 3
     28.528  node1     mail is active on node1, after 1.0 s
     28.528  --        node1: serves mail
     28.529  node2     mail is active on node1, after 0.0 s
     28.530  --        the command is answered: done
