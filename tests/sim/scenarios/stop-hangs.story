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
     22.600  --        fail node1 mail zimbra stop hangs 1
     22.600  --        move mail
     22.600  node1     the operator moves mail to node2
     22.600  node1     mail moves to node2
     82.600  node1     zimbra of mail was not down within its stop timeout; it is tried again
     82.600  node1     zimbra of mail cannot be stopped: this node is going to be reset
     82.600  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     82.605  node1     this node is reset
     82.605  --        node1: resets itself
     82.605  --        node1: is switched on
     84.794  node2     contact with node1 is lost
     84.796  node2     node2 is elected for mail
     88.116  node2     the disks of mail are no longer connected
     93.116  node2     node1 is being fenced
     95.403  --        node1: is switched off by a fence agent
     95.403  node2     node1 is fenced: it is switched off
     95.796  node2     mail is cleared against node1: it was fenced
     95.798  node2     node2 has acquired mail, epoch 2
     95.913  node2     the kernel asks what became of the other copy of mail
     95.913  node2     the kernel is told what became of the other copy of mail: answer 7
     95.913  --        node2: the fence-peer handler answers 7
     96.564  --        node1: is switched on
     96.564  node2     node1 is switched on again
     96.674  node2     mail is active on node2, after 0.9 s
     96.674  --        node2: serves mail
