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
     20.501  node1     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node2     node1 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     node1 has joined
     20.503  node3     node2 has joined
     20.504  node3     this partition is quorate
     20.506  node2     this partition is quorate
     20.731  node1     node1 is elected for mail
     20.736  node3     node1 is elected for mail
     20.825  node2     node1 is elected for mail
     21.732  node2     node1 has acquired mail, epoch 1
     21.732  node3     node1 has acquired mail, epoch 1
     21.734  node1     node1 has acquired mail, epoch 1
     22.422  node1     mail is active on node1, after 0.7 s
     22.422  --        node1: serves mail
     22.425  node2     mail is active on node1, after 0.0 s
     22.425  node3     mail is active on node1, after 0.0 s
     22.500  --        freeze-daemon node1
     27.426  node2     the daemon of node1 has been silent for 5.0 s
     27.426  node2     node2 is elected for mail
     27.426  node3     the daemon of node1 has been silent for 5.0 s
     27.426  node3     node2 is elected for mail
     32.500  --        node1: is reset by its watchdog
     32.500  --        node1: is switched on
     33.996  node2     the disks of mail are no longer connected
     34.476  node2     contact with node1 is lost
     34.476  node3     contact with node1 is lost
     53.000  --        node1: the daemon starts
     53.000  node1     the watchdog is armed, it fires after 10 s
     53.038  node1     node2 has joined
     53.038  node1     node3 has joined
     53.038  node2     node1 has joined
     53.038  node3     node1 has joined
     53.042  node1     this partition is quorate
     53.301  node1     node2 is elected for mail
     53.303  node2     node1 has released mail
     53.303  node2     node2 is elected for mail
     53.304  node3     node1 has released mail
     53.304  node3     node2 is elected for mail
     53.304  node3     node2 has acquired mail, epoch 2
     53.305  node1     node2 has acquired mail, epoch 2
     53.306  node2     node2 has acquired mail, epoch 2
     53.613  node2     the kernel asks what became of the other copy of mail
     53.616  node1     the copy of mail here is marked outdated: node2 goes on without it
     53.712  node2     the kernel is told what became of the other copy of mail: answer 4
     53.712  --        node2: the fence-peer handler answers 4
     54.136  node2     mail is active on node2, after 0.8 s
     54.136  --        node2: serves mail
     54.138  node1     mail is active on node2, after 0.0 s
     54.138  node3     mail is active on node2, after 0.0 s
