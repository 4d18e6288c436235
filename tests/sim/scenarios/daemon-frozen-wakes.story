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
     22.700  --        crash node1
     22.700  --        node1: loses its power
     23.302  node2     the disks of mail are no longer connected
     24.565  node2     contact with node1 is lost
     24.569  node2     node2 is elected for mail
     29.566  node2     node1 is being fenced
     31.660  node2     node1 is fenced: it is switched off
     31.660  node2     mail is cleared against node1: it was fenced
     31.662  node2     node2 has acquired mail, epoch 2
     32.012  node2     the kernel asks what became of the other copy of mail
     32.012  node2     the kernel is told what became of the other copy of mail: answer 7
     32.012  --        node2: the fence-peer handler answers 7
     32.781  node2     mail is active on node2, after 1.1 s
     32.781  --        node2: serves mail
     33.240  --        node1: is switched on
     33.240  node2     node1 is switched on again
     50.700  --        freeze-daemon node2
     50.704  --        kill-corosync node2
     51.704  --        start-corosync node2
     53.740  --        node1: the daemon starts
     54.045  node1     this partition is quorate
     58.676  node1     node1 is elected for mail
    131.704  --        thaw-daemon node2
    131.704  node2     this daemon stood still for a while: what it knew of others may be old
    131.704  node2     corosync is gone: services that run keep running, nothing is started or fenced
    132.706  node1     node2 has joined
    132.707  node2     node1 has joined
    132.709  node1     mail is active on node2, after 0.0 s
    132.710  node2     this partition is quorate
    132.710  node2     mail moves to node1
    133.746  node2     node2 has released mail
    133.749  node1     node2 has released mail
    133.749  node1     node1 is elected for mail
    133.749  node2     node1 is elected for mail
    133.752  node1     node1 has acquired mail, epoch 3
    133.752  node2     node1 has acquired mail, epoch 3
    134.821  node1     mail is active on node1, after 1.1 s
    134.821  --        node1: serves mail
    134.823  node2     mail is active on node1, after 0.0 s
