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
     22.600  --        maintenance mail on
     22.600  node1     mail is in maintenance: it is left alone
     22.600  --        the command is answered: done
     23.600  --        maintenance mail off
     23.600  node1     maintenance of mail has ended
     23.600  --        the command is answered: done
     25.600  --        fail node1 mail zimbra probe fails 1
     25.600  --        maintenance mail on
     25.600  node1     mail is in maintenance: it is left alone
     25.600  --        the command is answered: done
     26.600  --        maintenance mail off
     26.600  node1     maintenance of mail has ended
     26.600  --        the command is answered: done
     31.600  --        maintenance mail on
     31.600  node1     mail is in maintenance: it is left alone
     31.600  --        the command is answered: done
     32.600  --        fail node1 mail zimbra probe lies 1
     32.600  --        maintenance mail off
     32.600  node1     maintenance of mail has ended
     32.600  --        the command is answered: done
     32.874  node1     zimbra of mail has vanished
     32.874  node1     zimbra of mail is restarted here, restart 1 in the window
     33.248  node1     mail is active on node1, after 11 s
     33.250  node2     mail is active on node1, after 0.0 s
