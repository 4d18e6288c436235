      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     20.545  node1     this partition is quorate
     20.545  node2     this partition is quorate
     21.768  node1     node2 is elected for mail
     21.768  node2     node2 is elected for mail
     21.770  node1     node2 has acquired mail, epoch 1
     21.770  node2     node2 has acquired mail, epoch 1
     22.537  node2     mail is active on node2, after 0.8 s
     22.537  --        node2: serves mail
     22.538  node1     mail is active on node2, after 0.0 s
     22.600  --        crash node1
     22.600  --        node1: loses its power
     24.398  node2     contact with node1 is lost
     26.583  --        node2: DRBD has lost its peer, and is frozen
     26.585  node2     the kernel has frozen the disk of mail until it knows what became of its peer
     26.585  node2     the disks of mail are no longer connected
     26.585  node2     the frozen disk of mail goes on without its peer
     26.588  node2     the kernel asks what became of the other copy of mail
     26.588  node2     the kernel is told what became of the other copy of mail: answer 5
     26.588  --        node2: the fence-peer handler answers 5
     26.591  node2     the disk of mail is no longer frozen
     37.600  --        on node2 confirm-down node1
     37.600  --        standby node2
     37.600  node2     node2 is in standby
     37.601  node2     the operator confirms that node1 is down
     38.319  node2     node2 has released mail
     38.322  --        the command is answered: done
     38.400  --        online node2
     38.400  node2     node2 is online
     38.400  node2     node2 is elected for mail
     38.400  node2     mail is cleared against node1: the operator confirmed that it is down
     38.400  --        the command is answered: done
     38.402  node2     node2 has acquired mail, epoch 2
     39.047  node2     mail is active on node2, after 0.6 s
     39.100  --        standby node2
     39.100  node2     node2 is in standby
     39.693  node2     node2 has released mail
     39.695  --        the command is answered: done
     39.700  --        freeze-daemon node2
     39.700  --        boot node1
     39.700  --        node1: is switched on
     60.200  --        node1: the daemon starts
     60.202  node1     node2 has joined
     60.204  node1     this partition is quorate
     65.202  node1     the daemon of node2 has been silent for 5.0 s
     67.401  node1     node1 is elected for mail
     67.401  --        thaw-daemon node2
     67.401  node2     this daemon stood still for a while: what it knew of others may be old
     67.401  node2     node1 has joined
     67.401  --        on node2 online node2
     67.401  node2     node2 is online
     67.401  --        the command is answered: done
     67.404  node1     node1 has acquired mail, epoch 2
     67.404  node2     node1 has acquired mail, epoch 2
     68.184  node1     mail is active on node1, after 0.8 s
     68.184  --        node1: serves mail
     68.186  node2     mail is active on node1, after 0.0 s
     88.200  --        cut node1 node2
     90.240  node1     contact with node2 is lost
     90.254  node2     contact with node1 is lost
     90.260  node2     node2 is elected for mail
     92.496  --        node1: DRBD has lost its peer, and is frozen
     92.498  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     92.498  node1     the disks of mail are no longer connected
     92.498  node1     the frozen disk of mail goes on without its peer
     92.501  node1     the kernel asks what became of the other copy of mail
     92.501  node1     the kernel is told what became of the other copy of mail: answer 5
     92.501  --        node1: the fence-peer handler answers 5
     92.501  node1     the disk of mail is no longer frozen
     95.176  node2     the disks of mail are no longer connected
    108.200  --        crash node1
    108.200  --        node1: loses its power
    113.200  --        on node2 confirm-down node1
    113.200  --        the command is answered: refused
