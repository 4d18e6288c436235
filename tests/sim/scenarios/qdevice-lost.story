      0.000  --        boot node1
      0.000  --        node1: is switched on
      0.000  --        boot node2
      0.000  --        node2: is switched on
     20.500  --        node1: the daemon starts
     20.500  --        node2: the daemon starts
     20.500  node1     the watchdog is armed, it fires after 10 s
     20.500  node2     the watchdog is armed, it fires after 10 s
     20.501  node1     node2 has joined
     20.502  node2     node1 has joined
     20.504  node1     this partition is quorate
     20.671  node2     this partition is quorate
     21.020  node1     node1 is elected for mail
     21.020  node2     node1 is elected for mail
     21.022  node1     node1 has acquired mail, epoch 1
     21.023  node2     node1 has acquired mail, epoch 1
     21.988  node1     mail is active on node1, after 1.0 s
     21.988  --        node1: serves mail
     21.989  node2     mail is active on node1, after 0.0 s
     22.000  --        qdevice-cut node1
     22.000  --        qdevice-cut node2
     82.000  --        qdevice-heal
