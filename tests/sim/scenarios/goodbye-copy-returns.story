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
     22.400  --        stop-daemon node2
     22.400  node2     this daemon shuts down and hands its services over
     22.403  node1     node2 has left in order, it holds nothing
     22.403  node3     node2 has left in order, it holds nothing
     27.400  --        ring-cut node1
     27.400  --        start-daemon node2
     27.400  --        node2: the daemon starts
     27.400  node2     the watchdog is armed, it fires after 10 s
     29.109  node3     contact with node1 is lost
     29.111  node2     node3 has joined
     29.111  node2     this partition is quorate
     29.112  node3     node2 has joined
     29.113  node3     node2 is elected for mail
     29.114  node2     node2 is elected for mail
     29.436  node1     contact with node3 is lost
     29.436  node1     this partition is not quorate
     30.200  --        repl-cut
     32.433  node2     the disks of mail are no longer connected
     33.781  --        node1: DRBD has lost its peer, and is frozen
     33.782  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     33.782  node1     the disks of mail are no longer connected
     33.782  node1     the frozen disk of mail goes on without its peer
     33.786  node1     the kernel asks what became of the other copy of mail
     33.786  node1     the kernel is told what became of the other copy of mail: answer 5
     33.786  --        node1: the fence-peer handler answers 5
     33.789  node1     the disk of mail is no longer frozen
     36.403  node1     this node has not belonged to the majority for the time of its lease and still holds something: it is reset
     36.403  node1     this node is reset
     36.403  --        node1: resets itself
     36.403  --        node1: is switched on
     36.500  --        crash node1
     36.500  --        node1: loses its power
     46.500  --        on node2 confirm-down node1
     46.500  --        the command is answered: refused
     51.500  --        on node2 accept-loss node1
     51.502  node2     the operator confirms that node1 is down
     51.502  --        the command is answered: done
     51.503  node3     the operator confirms that node1 is down
     52.116  node2     mail is cleared against node1: the operator confirmed that it is down
     52.118  node2     node2 has acquired mail, epoch 2
     52.119  node3     node2 has acquired mail, epoch 2
     52.210  node2     the kernel asks what became of the other copy of mail
     52.210  node2     the kernel is told what became of the other copy of mail: answer 7
     52.210  --        node2: the fence-peer handler answers 7
     52.775  node2     mail is active on node2, after 0.7 s
     52.775  --        node2: serves mail
     52.778  node3     mail is active on node2, after 0.0 s
