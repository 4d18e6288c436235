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
     22.700  --        break node1 mail zimbra
     22.710  node1     zimbra of mail has failed
     22.710  node1     zimbra of mail is restarted here, restart 1 in the window
     23.330  node1     mail is active on node1, after 1.4 s
     23.332  node2     mail is active on node1, after 0.0 s
     23.400  --        break node1 mail zimbra
     23.410  node1     zimbra of mail has failed
     23.410  node1     mail has used up its restarts on node1, it moves
     23.410  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     24.252  node1     node1 has released mail
     24.253  node1     node2 is elected for mail
     24.253  node2     node1 has released mail
     24.253  node2     node2 is elected for mail
     24.256  node1     node2 has acquired mail, epoch 2
     24.256  node2     node2 has acquired mail, epoch 2
     25.144  node2     mail is active on node2, after 0.9 s
     25.144  --        node2: serves mail
     25.147  node1     mail is active on node2, after 0.0 s
     25.200  --        move mail node1
     25.200  --        the command is answered: refused
     26.200  --        cleanup mail
     26.201  node1     failures and bars of mail are forgotten
     26.201  --        the command is answered: done
     26.201  node2     failures and bars of mail are forgotten
     27.200  --        move mail node1
     27.200  node1     the operator moves mail to node1
     27.202  node2     mail moves to node1
     28.192  node2     node2 has released mail
     28.194  node1     node2 has released mail
     28.194  node1     node1 is elected for mail
     28.195  node2     node1 is elected for mail
     28.196  node1     node1 has acquired mail, epoch 3
     28.197  node2     node1 has acquired mail, epoch 3
     28.941  node1     mail is active on node1, after 0.7 s
     28.941  --        node1: serves mail
     28.942  --        the command is answered: done
     28.943  node2     mail is active on node1, after 0.0 s
