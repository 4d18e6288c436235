      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.780  node1     node2 has joined
     20.780  node2     node1 has joined
     20.781  node1     this partition is quorate
     20.783  node2     this partition is quorate
     21.889  node2     node1 is elected for mail
     21.890  node1     node1 is elected for mail
     21.891  node2     node1 has acquired mail, epoch 1
     21.893  node1     node1 has acquired mail, epoch 1
     22.661  node1     mail is active on node1, after 0.8 s
     22.661  --        node1: serves mail
     22.663  node2     mail is active on node1, after 0.0 s
     22.700  --        standby node1
     22.700  node1     node1 is in standby
     23.874  node1     node1 has released mail
     23.876  node1     node2 is elected for mail
     23.876  --        the command is answered: done
     23.877  node2     node1 has released mail
     23.877  node2     node2 is elected for mail
     23.879  node1     node2 has acquired mail, epoch 2
     23.879  node2     node2 has acquired mail, epoch 2
     24.577  node2     mail is active on node2, after 0.7 s
     24.577  --        node2: serves mail
     24.579  node1     mail is active on node2, after 0.0 s
     24.600  --        reboot node1
     24.600  node1     this daemon shuts down and hands its services over
     24.604  node2     node1 has left in order, it holds nothing
     27.601  --        node1: reboots
     27.601  --        node1: is switched on
     29.792  --        node2: DRBD has lost its peer, and is frozen
     29.792  node2     the kernel has frozen the disk of mail until it knows what became of its peer
     29.792  node2     the disks of mail are no longer connected
     29.792  node2     the frozen disk of mail goes on without its peer
     29.797  node2     the kernel asks what became of the other copy of mail
     29.797  node2     the kernel is told what became of the other copy of mail: answer 5
     29.797  --        node2: the fence-peer handler answers 5
     29.799  node2     the disk of mail is no longer frozen
     48.101  --        node1: the daemon starts
     48.648  node1     node2 has joined
     48.648  node2     node1 has joined
     48.651  node1     mail is active on node2, after 0.0 s
     48.651  node1     this partition is quorate
     84.600  --        move mail node1
     84.600  --        the command is answered: refused
     85.600  --        online node1
     85.600  node1     node1 is online
     85.600  --        the command is answered: done
     86.600  --        move mail node1
     86.600  node1     the operator moves mail to node1
     86.601  node2     mail moves to node1
     87.390  node2     node2 has released mail
     87.391  node1     node2 has released mail
     87.391  node1     node1 is elected for mail
     87.391  node2     node1 is elected for mail
     87.394  node1     node1 has acquired mail, epoch 3
     87.394  node2     node1 has acquired mail, epoch 3
     88.344  node1     mail is active on node1, after 0.9 s
     88.344  --        node1: serves mail
     88.345  --        the command is answered: done
     88.347  node2     mail is active on node1, after 0.0 s
