      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.500  node3     the watchdog is armed, it fires after 10 s
     20.502  node2     node1 has joined
     20.502  node3     node1 has joined
     20.502  node3     node2 has joined
     20.502  node2     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     this partition is quorate
     20.503  node1     this partition is quorate
     21.394  node2     node1 is elected for mail
     21.396  node1     node1 is elected for mail
     21.396  node3     node1 is elected for mail
     21.397  node1     node1 has acquired mail, epoch 1
     21.399  node2     node1 has acquired mail, epoch 1
     21.399  node3     node1 has acquired mail, epoch 1
     22.395  node1     mail is active on node1, after 1.0 s
     22.395  --        node1: serves mail
     22.396  node2     mail is active on node1, after 0.0 s
     22.398  node3     mail is active on node1, after 0.0 s
     22.400  --        break node1 mail zimbra
     22.410  node1     zimbra of mail has failed
     22.410  node1     zimbra of mail is restarted here, restart 1 in the window
     22.440  --        maintenance mail on
     22.440  node1     mail is in maintenance: it is left alone
     22.440  --        the command is answered: done
     22.636  node1     the watchdog is not armed
     24.440  --        break node1 mail address
     84.440  --        maintenance mail off
     84.440  node1     maintenance of mail has ended
     84.440  --        the command is answered: done
     84.440  node1     the watchdog is armed, it fires after 10 s
     85.292  node1     mail is active on node1, after 64 s
     85.295  node2     mail is active on node1, after 0.0 s
     85.295  node3     mail is active on node1, after 0.0 s
