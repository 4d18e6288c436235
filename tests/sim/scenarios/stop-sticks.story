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
     22.600  --        fail node1 mail filesystem stop sticks 1
     22.600  --        move mail
     22.600  node1     the operator moves mail to node2
     22.600  node1     mail moves to node2
     53.168  node1     a child working on filesystem of mail does not die; the service is not released
     53.168  node1     filesystem of mail cannot be stopped: this node is going to be reset
     53.168  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     53.173  node1     this node is reset
     53.173  --        node1: resets itself
     53.173  --        node1: is switched on
     55.286  node2     contact with node1 is lost
     55.292  node2     node2 is elected for mail
     56.238  node2     the disks of mail are no longer connected
     61.238  node2     node1 is being fenced
     63.610  --        node1: is switched off by a fence agent
     63.610  node2     node1 is fenced: it is switched off
     63.610  node2     mail is cleared against node1: it was fenced
     63.612  node2     node2 has acquired mail, epoch 2
     64.002  node2     the kernel asks what became of the other copy of mail
     64.002  node2     the kernel is told what became of the other copy of mail: answer 7
     64.002  --        node2: the fence-peer handler answers 7
     64.426  node2     mail is active on node2, after 0.8 s
     64.426  --        node2: serves mail
