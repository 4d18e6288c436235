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
     22.700  --        fail node1 mail drbd stop fails 100
     22.700  --        move mail
     22.700  node1     the operator moves mail to node2
     22.700  node1     mail moves to node2
     23.874  node1     drbd of mail could not be stopped; it is tried again
     55.444  node1     drbd of mail cannot be stopped: this node is going to be reset
     55.444  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     55.449  node1     this node is reset
     55.449  --        node1: resets itself
     55.449  --        node1: is switched on
     56.094  node2     the disks of mail are no longer connected
     57.459  node2     contact with node1 is lost
     75.949  --        node1: the daemon starts
     75.952  node1     node2 has joined
     75.952  node2     node1 has joined
     75.952  node1     this partition is quorate
     76.266  node2     node1 has released mail
     76.269  node1     node2 is elected for mail
     76.269  node2     node2 is elected for mail
     76.270  node2     node2 has acquired mail, epoch 2
     76.272  node1     node2 has acquired mail, epoch 2
     76.405  node2     the kernel asks what became of the other copy of mail
     76.406  node1     the copy of mail here is marked outdated: node2 goes on without it
     76.747  node2     the kernel is told what became of the other copy of mail: answer 4
     76.747  --        node2: the fence-peer handler answers 4
     77.524  node2     mail is active on node2, after 1.3 s
     77.524  --        node2: serves mail
     77.525  node1     mail is active on node2, after 0.0 s
