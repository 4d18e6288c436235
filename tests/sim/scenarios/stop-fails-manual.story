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
     22.600  --        fail node1 mail drbd stop fails 100
     22.600  --        move mail
     22.600  node1     the operator moves mail to node2
     22.600  node1     mail moves to node2
     23.777  node1     drbd of mail could not be stopped; it is tried again
     55.480  node1     drbd of mail cannot be stopped: this node is going to be reset
     55.480  node1     node1 is barred for mail until `zcsmgr cleanup mail` or a long good run elsewhere
     55.485  node1     this node is reset
     55.485  --        node1: resets itself
     55.485  --        node1: is switched on
     57.465  node2     contact with node1 is lost
     57.468  node2     node2 is elected for mail
     61.055  node2     the disks of mail are no longer connected
     75.985  --        node1: the daemon starts
     75.987  node1     node2 has joined
     75.987  node2     node1 has joined
     75.989  node1     this partition is quorate
     76.297  node2     node1 has released mail
     76.299  node1     node2 is elected for mail
     76.300  node2     node2 is elected for mail
     76.301  node1     node2 has acquired mail, epoch 2
     76.302  node2     node2 has acquired mail, epoch 2
     85.047  node2     mail is active on node2, after 8.7 s
     85.047  --        node2: serves mail
     85.050  node1     mail is active on node2, after 0.0 s
