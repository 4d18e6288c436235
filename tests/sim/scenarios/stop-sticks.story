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
     22.700  --        fail node1 mail filesystem stop sticks 1
     22.700  --        move mail
     22.700  node1     the operator moves mail to node2
     22.700  node1     mail moves to node2
     53.320  node1     a child working on filesystem of mail does not die; the service is not released
     53.320  node1     filesystem of mail cannot be stopped: this node is going to be reset
     53.320  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     53.325  node1     this node is reset
     53.325  --        node1: resets itself
     53.325  --        node1: is switched on
     55.278  node2     contact with node1 is lost
     55.281  node2     node2 is elected for mail
     57.534  node2     the disks of mail are no longer connected
     62.535  node2     node1 is being fenced
     65.078  --        node1: is switched off by a fence agent
     65.078  node2     node1 is fenced: it is switched off
     65.078  node2     mail is cleared against node1: it was fenced
     65.081  node2     node2 has acquired mail, epoch 2
     65.296  node2     the kernel asks what became of the other copy of mail
     65.296  node2     the kernel is told what became of the other copy of mail: answer 7
     65.296  --        node2: the fence-peer handler answers 7
     65.986  --        node1: is switched on
     65.986  node2     node1 is switched on again
     66.243  node2     mail is active on node2, after 1.2 s
     66.243  --        node2: serves mail
