      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.502  node2     node1 has joined
     20.503  node1     node2 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     node1 has joined
     20.503  node3     node2 has joined
     20.503  node1     this partition is quorate
     20.504  node2     this partition is quorate
     20.504  node3     this partition is quorate
     21.140  node2     node1 is elected for mail
     21.140  node3     node1 is elected for mail
     21.141  node1     node1 is elected for mail
     21.142  node3     node1 has acquired mail, epoch 1
     21.144  node1     node1 has acquired mail, epoch 1
     21.144  node2     node1 has acquired mail, epoch 1
     22.100  node1     mail is active on node1, after 1.0 s
     22.100  --        node1: serves mail
     22.100  --        fence-slow node2 10000ms
     22.100  --        crash node2
     22.100  --        node2: loses its power
     22.102  node3     mail is active on node1, after 0.0 s
     23.926  node1     contact with node2 is lost
     23.926  node3     contact with node2 is lost
     26.224  --        node1: DRBD has lost its peer, and is frozen
     26.225  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.225  node1     the disks of mail are no longer connected
     26.225  node1     node2 is being fenced
     26.229  node1     the kernel asks what became of the other copy of mail
     26.300  --        config node1 2
     26.300  --        config node3 2
     26.300  --        reload
     26.327  node1     the kernel is told what became of the other copy of mail: answer 1
     26.327  node1     the new configuration is in force on every node
     26.327  --        the command is answered: done
     26.327  --        node1: the fence-peer handler answers 1
     26.328  node3     the new configuration is in force on every node
     26.328  node3     mail is active on node1, after 0.0 s
     36.225  node1     node2 is fenced: it is switched off
     36.225  node1     the frozen disk of mail goes on without its peer
     36.227  node3     node2 is fenced: it is switched off
     36.373  node1     the disk of mail is no longer frozen
