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
     22.600  --        crash node1
     22.600  --        node1: loses its power
     24.398  node2     contact with node1 is lost
     24.404  node2     node2 is elected for mail
     26.583  node2     the disks of mail are no longer connected
     31.583  node2     node1 is being fenced
     34.230  node2     node1 is fenced: it is switched off
     34.230  node2     mail is cleared against node1: it was fenced
     34.233  node2     node2 has acquired mail, epoch 2
     34.319  node2     the kernel asks what became of the other copy of mail
     34.319  node2     the kernel is told what became of the other copy of mail: answer 7
     34.319  --        node2: the fence-peer handler answers 7
     35.084  node2     mail is active on node2, after 0.9 s
     35.084  --        node2: serves mail
     36.051  --        node1: is switched on
     36.051  node2     node1 is switched on again
     50.600  --        freeze-daemon node2
     50.604  --        kill-corosync node2
     51.604  --        start-corosync node2
     56.551  --        node1: the daemon starts
     56.801  node1     this partition is quorate
     60.058  node1     node1 is elected for mail
    131.604  --        thaw-daemon node2
    131.604  node2     this daemon stood still for a while: what it knew of others may be old
    131.604  node2     corosync is gone: services that run keep running, nothing is started or fenced
    132.606  node2     node1 has joined
    132.606  node2     this partition is quorate
    132.607  node1     node2 has joined
    132.609  node1     mail is active on node2, after 0.0 s
    132.609  node2     mail moves to node1
    133.274  node2     node2 has released mail
    133.275  node1     node2 has released mail
    133.275  node1     node1 is elected for mail
    133.276  node2     node1 is elected for mail
    133.277  node2     node1 has acquired mail, epoch 3
    133.278  node1     node1 has acquired mail, epoch 3
    134.113  node1     mail is active on node1, after 0.8 s
    134.113  --        node1: serves mail
    134.114  node2     mail is active on node1, after 0.0 s
