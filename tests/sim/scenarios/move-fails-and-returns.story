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
     22.700  --        fail node2 mail zimbra start fails 9
     22.700  --        move mail node2
     22.700  node1     the operator moves mail to node2
     22.700  node1     mail moves to node2
     23.874  node1     node1 has released mail
     23.876  node1     node2 is elected for mail
     23.877  node2     node1 has released mail
     23.877  node2     node2 is elected for mail
     23.879  node1     node2 has acquired mail, epoch 2
     23.879  node2     node2 has acquired mail, epoch 2
     24.577  node2     zimbra of mail could not be started
     24.577  node2     zimbra of mail is restarted here, restart 1 in the window
     25.006  node2     zimbra of mail could not be started
     25.006  node2     mail has used up its restarts on node2, it moves
     25.006  node2     node2 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     25.878  node2     node2 has released mail
     25.880  node2     node1 is elected for mail
     25.881  node1     node2 has released mail
     25.881  node1     node1 is elected for mail
     25.882  node1     node1 has acquired mail, epoch 3
     25.883  node2     node1 has acquired mail, epoch 3
     26.591  node1     mail is active on node1, after 0.7 s
     26.592  node2     mail is active on node1, after 0.0 s
     26.593  --        the command is answered: not done
