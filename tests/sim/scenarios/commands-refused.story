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
     22.100  --        move mail node1
     22.100  --        the command is answered: done
     22.102  node3     mail is active on node1, after 0.0 s
     22.103  node2     mail is active on node1, after 0.0 s
     23.100  --        move mail node3
     23.100  --        the command is answered: refused
     24.100  --        lie node2
     24.100  --        the command is answered: refused
     25.100  --        maintenance mail on
     25.100  node1     mail is in maintenance: it is left alone
     25.100  --        the command is answered: done
     26.100  --        move mail node2
     26.100  --        the command is answered: refused
     27.100  --        stop mail
     27.100  --        the command is answered: refused
     28.100  --        maintenance mail off
     28.100  node1     maintenance of mail has ended
     28.100  --        the command is answered: done
     29.100  --        config node1 4
     29.100  --        config node2 4
     29.100  --        config node3 4
     29.100  --        reload
     29.123  --        the command is answered: refused
     34.100  --        stop mail
     34.100  node1     the operator stops mail
     35.053  node1     node1 has released mail
     35.054  --        the command is answered: done
     35.055  node2     node1 has released mail
     35.056  node3     node1 has released mail
     35.100  --        move mail node2
     35.100  --        the command is answered: refused
     36.100  --        start mail
     36.100  node1     the operator starts mail
     36.101  node1     node1 has acquired mail, epoch 2
     36.102  node2     node1 has acquired mail, epoch 2
     36.102  node3     node1 has acquired mail, epoch 2
     37.046  node1     mail is active on node1, after 0.9 s
     37.048  --        the command is answered: done
     37.048  node2     mail is active on node1, after 0.0 s
     37.049  node3     mail is active on node1, after 0.0 s
     37.100  --        crash node2
     37.100  --        node2: loses its power
     38.980  node1     contact with node2 is lost
     38.980  node3     contact with node2 is lost
     42.100  --        move mail
     42.100  --        the command is answered: refused
     43.100  --        stop-corosync node1
     43.102  node3     the daemon of node1 is gone
     43.191  node3     this partition is not quorate
     43.238  node1     corosync is gone: services that run keep running, nothing is started or fenced
     43.284  --        node1: DRBD has lost its peer, and is frozen
     43.285  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     43.285  node1     the disks of mail are no longer connected
     43.289  node1     the kernel asks what became of the other copy of mail
     45.100  --        on node1 move mail node2
     45.100  --        the command is answered: refused
