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
     22.500  --        freeze node1
     24.352  node2     contact with node1 is lost
     24.352  node3     contact with node1 is lost
     24.355  node2     node2 is elected for mail
     24.355  node3     node2 is elected for mail
     26.425  node2     the disks of mail are no longer connected
     32.500  --        node1: is reset by its watchdog
     32.500  --        node1: is switched on
     46.357  node2     mail is cleared against node1: its lease and its watchdog have run out
     46.358  node3     node2 has acquired mail, epoch 2
     46.360  node2     node2 has acquired mail, epoch 2
     46.589  node2     the kernel asks what became of the other copy of mail
     46.589  node2     the kernel is told what became of the other copy of mail: answer 5
     46.589  --        node2: the fence-peer handler answers 5
     47.507  node2     mail is active on node2, after 1.1 s
     47.507  --        node2: serves mail
     47.509  node3     mail is active on node2, after 0.0 s
     53.000  --        node1: the daemon starts
     53.000  node1     the watchdog is armed, it fires after 10 s
     53.101  node1     node2 has joined
     53.101  node1     node3 has joined
     53.101  node2     node1 has joined
     53.101  node3     node1 has joined
     53.103  node1     this partition is quorate
     53.104  node1     mail is active on node2, after 0.0 s
     82.500  --        thaw node1
     82.500  --        (which makes no sense now)
