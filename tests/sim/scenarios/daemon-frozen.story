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
     22.600  --        freeze-daemon node1
     27.539  node2     the daemon of node1 has been silent for 5.0 s
     27.539  node2     node2 is elected for mail
     52.539  node2     node1 is being fenced
     55.398  --        node1: is switched off by a fence agent
     55.398  node2     node1 is fenced: it is switched off
     56.975  node2     the disks of mail are no longer connected
     57.121  node2     contact with node1 is lost
     57.124  node2     mail is cleared against node1: it was fenced
     57.127  node2     node2 has acquired mail, epoch 2
     57.508  node2     the kernel asks what became of the other copy of mail
     57.508  node2     the kernel is told what became of the other copy of mail: answer 7
     57.508  --        node2: the fence-peer handler answers 7
     57.933  node2     mail is active on node2, after 0.8 s
     57.933  --        node2: serves mail
     57.962  --        node1: is switched on
     57.962  node2     node1 is switched on again
