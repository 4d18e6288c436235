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
     22.600  --        cut node2
     24.398  node2     contact with node1 is lost
     24.404  node2     node2 is elected for mail
     24.417  node1     contact with node2 is lost
     26.583  --        node1: DRBD has lost its peer, and is frozen
     26.584  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     26.584  node1     the disks of mail are no longer connected
     26.584  node1     node2 is being fenced
     26.588  node1     the kernel asks what became of the other copy of mail
     27.723  node2     the disks of mail are no longer connected
     28.201  --        node2: is switched off by a fence agent
     28.201  node1     node2 is fenced: it is switched off
     28.201  node1     the kernel is told what became of the other copy of mail: answer 7
     28.201  --        node1: the fence-peer handler answers 7
     28.202  node1     the disk of mail is no longer frozen
     28.300  --        repl-heal
     30.477  --        node2: is switched on
     30.477  node1     node2 is switched on again
     50.977  --        node2: the daemon starts
     56.609  node2     node2 is elected for mail
     68.300  --        node1: its disk is Primary, UpToDate, Connected
     68.300  node1     mail is active on node1, nothing is in its way
     68.300  --        node2: its disk is Secondary, UpToDate, Connected
     68.300  node2     another machine answers for address of mail: find and stop it
     68.300  node2     this partition is not quorate; bring the other nodes up, or confirm each absent one with `zcsmgr confirm-down NODE`
     68.300  node2     node1 may run mail: nothing proves that it does not
     68.300  node2     node1 has not been seen since this daemon started; if you see that it is off: `zcsmgr confirm-down node1`
     68.300  node2     node2 is elected for mail: mail waits for it
     68.300  --        repl-cut
     68.873  --        node1: DRBD has lost its peer, and is frozen
     68.876  node1     the kernel has frozen the disk of mail until it knows what became of its peer
     68.876  node1     the disks of mail are no longer connected
     68.876  node1     the frozen disk of mail goes on without its peer
     68.878  node1     the kernel asks what became of the other copy of mail
     68.878  node1     the kernel is told what became of the other copy of mail: answer 7
     68.878  --        node1: the fence-peer handler answers 7
     68.881  node1     the disk of mail is no longer frozen
     70.757  node2     the disks of mail are no longer connected
     78.300  --        crash node1
     78.300  --        node1: loses its power
     83.300  --        on node2 confirm-down node1
     83.300  --        the command is answered: refused
    103.300  --        on node2 accept-loss node1
    103.303  node2     the operator confirms that node1 is down
    103.303  --        the command is answered: done
    103.612  node2     mail is cleared against node1: the operator confirmed that it is down
    103.614  node2     node2 has acquired mail, epoch 2
    103.939  node2     the kernel asks what became of the other copy of mail
    103.939  node2     the kernel is told what became of the other copy of mail: answer 7
    103.939  --        node2: the fence-peer handler answers 7
    104.579  node2     mail is active on node2, after 1.0 s
    104.579  --        node2: serves mail
