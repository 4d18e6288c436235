      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
      0.000  --        boot node3
      0.000  --        node3: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  --        node3: the daemon starts
     20.502  node2     node1 has joined
     20.502  node3     node1 has joined
     20.502  node3     node2 has joined
     20.502  node2     this partition is quorate
     20.503  node1     node2 has joined
     20.503  node1     node3 has joined
     20.503  node2     node3 has joined
     20.503  node3     this partition is quorate
     20.503  node1     this partition is quorate
     21.394  node2     node1 is elected for mail
     21.396  node1     node1 is elected for mail
     21.396  node3     node1 is elected for mail
     21.397  node1     node1 has acquired mail, epoch 1
     21.399  node2     node1 has acquired mail, epoch 1
     21.399  node3     node1 has acquired mail, epoch 1
     22.395  node1     mail is active on node1, after 1.0 s
     22.395  --        node1: serves mail
     22.396  node2     mail is active on node1, after 0.0 s
     22.398  node3     mail is active on node1, after 0.0 s
     22.400  --        fence-fails node1 on
     22.400  --        cut node1
     24.083  --        node1: DRBD has lost its peer, and is frozen
     24.083  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     24.083  node1     the disks of mail are no longer connected
     24.088  node1     the kernel asks what became of the other copy of mail
     24.229  node1     contact with node2 is lost
     24.229  node1     contact with node3 is lost
     24.231  node1     this partition is not quorate
     24.416  node2     contact with node1 is lost
     24.416  node3     contact with node1 is lost
     24.419  node2     node2 is elected for mail
     24.419  node3     node2 is elected for mail
     26.245  node2     the disks of mail are no longer connected
     26.245  node2     node1 is being fenced
     29.237  node2     fencing node1 has failed; it is tried again in 5.0 s
     34.237  node2     node1 is being fenced
     36.123  node2     fencing node1 has failed; it is tried again in 10 s
     43.088  node1     the kernel is told what became of the other copy of mail: answer 1
     43.088  --        node1: the fence-peer handler answers 1
     46.123  node2     node1 is being fenced
     47.679  node2     fencing node1 has failed; it is tried again in 20 s
     67.679  node2     node1 is being fenced
     70.597  node2     fencing node1 has failed; it is tried again in 40 s
     82.400  --        fence-fails node1 off
    110.597  node2     node1 is being fenced
    111.852  --        node1: is switched off by a fence agent
    111.852  node2     node1 is fenced: it is switched off
    111.852  node2     mail is cleared against node1: it was fenced
    111.854  node3     node1 is fenced: it is switched off
    111.854  node3     node2 has acquired mail, epoch 2
    111.855  node2     node2 has acquired mail, epoch 2
    112.192  node2     the kernel asks what became of the other copy of mail
    112.192  node2     the kernel is told what became of the other copy of mail: answer 7
    112.192  --        node2: the fence-peer handler answers 7
    112.790  --        node1: is switched on
    112.790  node2     node1 is switched on again
    112.838  node2     mail is active on node2, after 1.0 s
    112.838  --        node2: serves mail
    112.840  node3     mail is active on node2, after 0.0 s
