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
     22.700  --        fence-fails node1 on
     22.700  --        crash node1
     22.700  --        node1: loses its power
     23.302  node2     the disks of mail are no longer connected
     24.565  node2     contact with node1 is lost
     24.569  node2     node2 is elected for mail
     29.566  node2     node1 is being fenced
     31.660  node2     fencing node1 has failed; it is tried again in 5.0 s
     36.661  node2     node1 is being fenced
     38.973  node2     fencing node1 has failed; it is tried again in 10 s
     48.974  node2     node1 is being fenced
     50.893  node2     fencing node1 has failed; it is tried again in 20 s
     70.894  node2     node1 is being fenced
     73.021  node2     fencing node1 has failed; it is tried again in 40 s
     82.700  --        fence-fails node1 off
    113.022  node2     node1 is being fenced
    114.299  node2     node1 is fenced: it is switched off
    114.299  node2     mail is cleared against node1: it was fenced
    114.301  node2     node2 has acquired mail, epoch 2
    114.510  node2     the kernel asks what became of the other copy of mail
    114.510  node2     the kernel is told what became of the other copy of mail: answer 7
    114.510  --        node2: the fence-peer handler answers 7
    115.189  node2     mail is active on node2, after 0.9 s
    115.189  --        node2: serves mail
