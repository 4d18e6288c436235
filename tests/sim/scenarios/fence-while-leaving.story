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
     22.700  --        fence-slow node2 4000ms
     22.700  --        cut node2
     23.304  node2     the disks of mail are no longer connected
     24.525  node1     contact with node2 is lost
     24.565  node2     contact with node1 is lost
     24.568  node2     node2 is elected for mail
     26.074  --        node1: DRBD has lost its peer, and is frozen
     26.075  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.075  node1     the disks of mail are no longer connected
     26.075  node1     node2 is being fenced
     26.079  node1     the kernel asks what became of the other copy of mail
     26.100  --        stop-daemon node1
     26.100  node1     this daemon shuts down and hands its services over
     29.566  node2     node1 is being fenced
     30.075  --        node2: is switched off by a fence agent
     30.075  node1     node2 is fenced: it is switched off
     30.075  node1     the kernel is told what became of the other copy of mail: answer 7
     30.075  --        node1: the fence-peer handler answers 7
     30.076  node1     the disk of mail is no longer frozen
     31.105  node1     node1 has released mail
     34.075  --        node2: is switched on
     34.075  node1     node2 is switched on again
     34.100  --        heal
     54.575  --        node2: the daemon starts
     54.878  node2     this partition is quorate
     60.187  node2     node2 is elected for mail
     60.188  node2     node2 has acquired mail, epoch 2
     61.286  node2     mail is active on node2, after 1.1 s
     61.286  --        node2: serves mail
