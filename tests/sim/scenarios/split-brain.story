      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.566  node1     node2 has joined
     20.566  node2     node1 has joined
     20.567  node1     this partition is quorate
     20.570  node2     this partition is quorate
     20.810  node1     node1 is elected for mail
     20.815  node2     node1 is elected for mail
     21.812  node2     node1 has acquired mail, epoch 1
     21.813  node1     node1 has acquired mail, epoch 1
     22.767  node1     mail is active on node1, after 1.0 s
     22.767  --        node1: serves mail
     22.768  node2     mail is active on node1, after 0.0 s
     27.800  --        repl-cut
     31.751  node2     the disks of mail are no longer connected
     33.869  node1     the disks of mail are no longer connected
     37.800  --        crash node1
     37.800  --        node1: loses its power
     37.800  --        repl-heal
     39.538  node2     contact with node1 is lost
     42.800  --        on node2 accept-loss node1
     42.801  node2     the operator confirms that node1 is down
     42.801  --        the command is answered: done
     43.546  node2     node2 is elected for mail
     43.546  node2     mail is cleared against node1: the operator confirmed that it is down
     43.547  node2     node2 has acquired mail, epoch 2
     44.545  node2     mail is active on node2, after 1.0 s
     44.545  --        node2: serves mail
     54.600  --        boot node1
     54.600  --        node1: is switched on
     75.100  --        node1: the daemon starts
     75.101  node2     node1 has joined
     75.103  node1     node2 has joined
     75.103  node1     mail is active on node2, after 0.0 s
     75.106  node1     this partition is quorate
     76.449  --        DRBD finds a split brain, and stays disconnected
     76.449  node1     the disks of mail are split: each side has writes that the other lacks
     76.450  node2     the disks of mail are split: each side has writes that the other lacks
     81.500  --        move mail node1
     81.500  --        the command is answered: refused
     82.500  --        stop-daemon node2
     82.500  node2     this daemon shuts down and hands its services over
     83.197  node2     node2 has released mail
     83.200  node1     node2 has released mail
     83.200  node1     node2 has left in order, it holds nothing
    112.500  --        start-daemon node2
    112.500  --        node2: the daemon starts
    112.500  node2     the disks of mail are split: each side has writes that the other lacks
    112.501  node2     node1 has joined
    112.501  node2     this partition is quorate
    112.503  node1     node2 has joined
    132.500  --        discard node1 mail
    133.030  node1     node2 is elected for mail
    133.030  node2     node2 is elected for mail
    133.032  node2     node2 has acquired mail, epoch 3
    133.033  node1     node2 has acquired mail, epoch 3
    134.085  node2     mail is active on node2, after 1.1 s
    134.087  node1     mail is active on node2, after 0.0 s
