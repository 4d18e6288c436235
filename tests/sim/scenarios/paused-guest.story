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
     22.700  --        pause node1
     24.525  node2     contact with node1 is lost
     24.530  node2     node2 is elected for mail
     26.339  node2     the disks of mail are no longer connected
     31.340  node2     node1 is being fenced
     34.221  --        node1: is switched off by a fence agent
     34.221  node2     node1 is fenced: it is switched off
     34.221  node2     mail is cleared against node1: it was fenced
     34.223  node2     node2 has acquired mail, epoch 2
     34.569  node2     the kernel asks what became of the other copy of mail
     34.569  node2     the kernel is told what became of the other copy of mail: answer 7
     34.569  --        node2: the fence-peer handler answers 7
     35.456  node2     mail is active on node2, after 1.2 s
     35.456  --        node2: serves mail
     35.500  --        thaw node1
     35.500  --        (which makes no sense now)
     35.870  --        node1: is switched on
     35.870  node2     node1 is switched on again
     56.370  --        node1: the daemon starts
     56.628  node1     node2 has joined
     56.628  node2     node1 has joined
     56.630  node1     mail is active on node2, after 0.0 s
     56.631  node1     this partition is quorate
