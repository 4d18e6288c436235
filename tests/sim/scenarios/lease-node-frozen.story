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
     22.400  --        freeze node1
     24.229  node2     contact with node1 is lost
     24.229  node3     contact with node1 is lost
     24.232  node3     node2 is elected for mail
     24.233  node2     node2 is elected for mail
     28.573  node2     the disks of mail are no longer connected
     32.400  --        node1: is reset by its watchdog
     32.400  --        node1: is switched on
     46.236  node2     mail is cleared against node1: its lease and its watchdog have run out
     46.237  node3     node2 has acquired mail, epoch 2
     46.239  node2     node2 has acquired mail, epoch 2
     46.468  node2     the kernel asks what became of the other copy of mail
     46.468  node2     the kernel is told what became of the other copy of mail: answer 5
     46.468  --        node2: the fence-peer handler answers 5
     46.911  node2     mail is active on node2, after 0.7 s
     46.911  --        node2: serves mail
     46.914  node3     mail is active on node2, after 0.0 s
     52.900  --        node1: the daemon starts
     52.900  node1     the watchdog is armed, it fires after 10 s
     53.001  node1     node2 has joined
     53.001  node1     node3 has joined
     53.001  node2     node1 has joined
     53.001  node3     node1 has joined
     53.003  node1     this partition is quorate
     53.004  node1     mail is active on node2, after 0.0 s
     82.400  --        thaw node1
     82.400  --        (which makes no sense now)
