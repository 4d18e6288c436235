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
     22.400  --        freeze-daemon node1
     27.396  node2     the daemon of node1 has been silent for 5.0 s
     27.396  node2     node2 is elected for mail
     27.398  node3     the daemon of node1 has been silent for 5.0 s
     27.398  node3     node2 is elected for mail
     32.400  --        node1: is reset by its watchdog
     32.400  --        node1: is switched on
     34.328  node2     contact with node1 is lost
     34.328  node3     contact with node1 is lost
     34.859  node2     the disks of mail are no longer connected
     52.900  --        node1: the daemon starts
     52.900  node1     the watchdog is armed, it fires after 10 s
     52.925  node1     node2 has joined
     52.925  node1     node3 has joined
     52.925  node2     node1 has joined
     52.925  node3     node1 has joined
     52.926  node1     this partition is quorate
     53.167  node1     node2 is elected for mail
     53.168  node3     node1 has released mail
     53.168  node3     node2 is elected for mail
     53.169  node2     node1 has released mail
     53.169  node2     node2 is elected for mail
     53.171  node1     node2 has acquired mail, epoch 2
     53.171  node3     node2 has acquired mail, epoch 2
     53.172  node2     node2 has acquired mail, epoch 2
     53.420  node2     the kernel asks what became of the other copy of mail
     53.423  node1     the copy of mail here is marked outdated: node2 goes on without it
     53.628  node2     the kernel is told what became of the other copy of mail: answer 4
     53.628  --        node2: the fence-peer handler answers 4
     54.302  node2     mail is active on node2, after 1.1 s
     54.302  --        node2: serves mail
     54.303  node3     mail is active on node2, after 0.0 s
     54.305  node1     mail is active on node2, after 0.0 s
