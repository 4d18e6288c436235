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
     22.600  --        mute node1 mail zimbra
     22.710  node1     zimbra of mail does not answer in time
     27.710  node1     zimbra of mail does not answer in time
     32.710  node1     zimbra of mail does not answer in time
     32.710  node1     zimbra of mail has failed
     32.710  node1     zimbra of mail is restarted here, restart 1 in the window
     33.211  node1     mail is active on node1, after 11 s
     33.214  node2     mail is active on node1, after 0.0 s
