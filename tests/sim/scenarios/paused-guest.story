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
     21.768  node1     node1 is elected for mail
     21.768  node2     node1 is elected for mail
     21.770  node1     node1 has acquired mail, epoch 1
     21.770  node2     node1 has acquired mail, epoch 1
     22.537  node1     mail is active on node1, after 0.8 s
     22.537  --        node1: serves mail
     22.539  node2     mail is active on node1, after 0.0 s
     22.600  --        pause node1
     24.417  node2     contact with node1 is lost
     24.422  node2     node2 is elected for mail
     26.539  node2     the disks of mail are no longer connected
     31.539  node2     node1 is being fenced
     34.282  --        node1: is switched off by a fence agent
     34.282  node2     node1 is fenced: it is switched off
     34.282  node2     mail is cleared against node1: it was fenced
     34.283  node2     node2 has acquired mail, epoch 2
     34.366  node2     the kernel asks what became of the other copy of mail
     34.366  node2     the kernel is told what became of the other copy of mail: answer 7
     34.366  --        node2: the fence-peer handler answers 7
     35.164  node2     mail is active on node2, after 0.9 s
     35.164  --        node2: serves mail
     35.200  --        thaw node1
     35.200  --        (which makes no sense now)
     35.406  --        node1: is switched on
     35.406  node2     node1 is switched on again
     55.906  --        node1: the daemon starts
     56.182  node1     node2 has joined
     56.182  node2     node1 has joined
     56.183  node1     mail is active on node2, after 0.0 s
     56.185  node1     this partition is quorate
