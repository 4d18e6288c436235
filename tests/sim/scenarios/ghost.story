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
     22.500  --        ghost node2 node1
     22.500  --        crash node1
     22.500  --        node1: loses its power
     24.225  node2     contact with node1 is lost
     24.225  node3     contact with node1 is lost
     24.229  node2     node2 is elected for mail
     24.229  node3     node2 is elected for mail
     25.194  node2     the disks of mail are no longer connected
     46.233  node2     mail is cleared against node1: its lease and its watchdog have run out
     46.234  node3     node2 has acquired mail, epoch 2
     46.235  node2     node2 has acquired mail, epoch 2
     46.323  node2     the kernel asks what became of the other copy of mail
     46.323  node2     the kernel is told what became of the other copy of mail: answer 5
     46.323  --        node2: the fence-peer handler answers 5
     46.907  node2     mail is active on node2, after 0.7 s
     46.907  --        node2: serves mail
     46.908  node3     mail is active on node2, after 0.0 s
