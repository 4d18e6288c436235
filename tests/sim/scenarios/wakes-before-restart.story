      0.000  --        fail node1 mail drbd start hangs
      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     10.000  --        boot node3
     10.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.544  node1     node2 has joined
     20.544  node2     node1 has joined
     20.547  node2     this partition is quorate
     20.550  node1     this partition is quorate
     21.519  node1     node1 is elected for mail
     21.519  node2     node1 is elected for mail
     21.520  node1     node1 has acquired mail, epoch 1
     21.520  node2     node1 has acquired mail, epoch 1
     30.500  --        node3: the daemon starts
     30.517  node1     node3 has joined
     30.517  node2     node3 has joined
     30.517  node3     node1 has joined
     30.517  node3     node2 has joined
     30.521  node3     this partition is quorate
     51.525  node1     drbd of mail was not up within its start timeout
     51.525  node1     drbd of mail is restarted here, restart 1 in the window
     51.575  --        freeze-daemon node1
     56.526  node3     the daemon of node1 has been silent for 5.0 s
     56.526  node3     node2 is elected for mail
     56.527  node2     the daemon of node1 has been silent for 5.0 s
     56.527  node2     node2 is elected for mail
     56.530  node2     node2 has acquired mail, epoch 2
     56.530  node3     node2 has acquired mail, epoch 2
     57.477  node2     mail is active on node2, after 0.9 s
     57.477  --        node2: serves mail
     57.479  node3     mail is active on node2, after 0.0 s
     57.500  --        thaw-daemon node1
     57.500  node1     this daemon stood still for a while: what it knew of others may be old
     57.500  node1     the daemon of node2 has been silent for 6.0 s
     57.500  node1     the daemon of node3 has been silent for 6.7 s
     57.500  node1     node1 has released mail
     57.500  node1     node2 has acquired mail, epoch 2
     57.500  node1     mail is active on node2, after 0.0 s
