      0.000  --        fail node1 mail drbd start hangs
      0.000  --        fail node1 mail drbd stop slow
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
     76.200  --        on node3 standby node3
     76.200  node3     node3 is in standby
     76.200  --        the command is answered: done
     76.205  --        freeze-daemon node1
     80.527  node3     the daemon of node1 has been silent for 5.0 s
     80.527  node3     node2 is elected for mail
     80.528  node2     the daemon of node1 has been silent for 5.0 s
     80.528  node2     node2 is elected for mail
     80.529  node3     node2 has acquired mail, epoch 2
     80.530  node2     node2 has acquired mail, epoch 2
     81.023  --        thaw-daemon node1
     81.023  node1     this daemon stood still for a while: what it knew of others may be old
     81.023  node1     node1 has released mail
     81.023  node1     node2 has acquired mail, epoch 2
     81.440  node2     mail is active on node2, after 0.9 s
     81.440  --        node2: serves mail
     81.442  node3     mail is active on node2, after 0.0 s
     81.443  node1     mail is active on node2, after 0.0 s
