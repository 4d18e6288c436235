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
     20.676  node1     node2 has joined
     20.676  node1     node3 has joined
     20.676  node2     node1 has joined
     20.676  node2     node3 has joined
     20.676  node3     node1 has joined
     20.676  node3     node2 has joined
     20.678  node2     this partition is quorate
     20.681  node1     this partition is quorate
     20.681  node3     this partition is quorate
     21.104  node2     node2 is elected for mail
     21.104  node3     node2 is elected for mail
     21.105  node3     node1 is elected for mail
     21.106  node1     node2 is elected for mail
     21.106  node3     node2 has acquired mail, epoch 1
     21.107  node1     node1 is elected for mail
     21.107  node2     node1 is elected for mail
     21.107  node1     node2 has acquired mail, epoch 1
     21.107  node2     node2 has acquired mail, epoch 1
     22.154  node2     mail is active on node2, after 1.0 s
     22.154  --        node2: serves mail
     22.156  node3     mail is active on node2, after 0.0 s
     22.157  node1     mail is active on node2, after 0.0 s
     22.200  --        standby node1
     22.200  node1     node1 is in standby
     22.200  --        the command is answered: done
     22.200  --        standby node2
     22.200  node1     node2 is in standby
     23.189  node2     node2 has released mail
     23.191  node1     node2 has released mail
     23.191  --        the command is answered: done
     23.191  node3     node2 has released mail
     28.200  --        freeze-corosync node1
     28.200  --        on node1 online node1
     28.200  node1     node1 is online
     28.200  node1     node1 is elected for mail
     28.200  --        the command is answered: done
     28.200  --        on node2 online node2
     28.200  node2     node2 is online
     28.200  node2     node2 is elected for mail
     28.200  --        the command is answered: done
     30.068  node2     contact with node1 is lost
     30.068  node3     contact with node1 is lost
     30.071  node3     node2 is elected for mail
     33.193  node1     the daemon of node3 has been silent for 5.0 s
     33.195  node1     the daemon of node2 has been silent for 5.0 s
     38.200  node1     this node has not belonged to the majority for the time of its lease: its copies no longer count as current by themselves
     52.073  node2     mail is cleared against node1: its lease and its watchdog have run out
     52.074  node3     node2 has acquired mail, epoch 2
     52.076  node2     node2 has acquired mail, epoch 2
     52.963  node2     mail is active on node2, after 0.9 s
     52.966  node3     mail is active on node2, after 0.0 s
     58.000  --        thaw-corosync node1
     58.896  node1     contact with node2 is lost
     58.896  node1     contact with node3 is lost
     58.896  node1     node2 has joined
     58.896  node1     node3 has joined
     58.896  node2     node1 has joined
     58.896  node3     node1 has joined
     58.899  node1     mail is active on node2, after 0.0 s
