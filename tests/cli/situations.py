# SPDX-License-Identifier: GPL-2.0-or-later
"""STATUS objects as the daemon sends them, in a few situations; control.h documents the shape."""
import copy

RESOURCES = [("drbd", "drbd"), ("filesystem", "filesystem"), ("address", "address"),
             ("zimbra", "zimbra")]


def storage(role, disk, link, peer_role, peer_disk, **more):
    return {"role": role, "disk": disk, "link": link, "peer_role": peer_role,
            "peer_disk": peer_disk, "syncing": False, "percent": 0, "suspended": False,
            "split_brain": False} | more


def node(name, nodeid, **more):
    return {"name": name, "id": nodeid, "self": False, "member": True, "present": True,
            "heard": True, "silent": False, "standby": False, "fencing": False, "fenced": False,
            "confirmed": False, "same_config": True, "since_s": 8000.0} | more


def healthy():
    return {
        "version": "0.1.0", "node": "astapor", "cluster": "zcs", "time": 1764126555.1,
        "connected": True, "quorate": True, "settled": True, "ring": "1.2a", "mode": "fencing",
        "config": {"path": "/etc/zcsmgr/zcsmgr.conf", "digest": "0011223344556677"},
        "nodes": [node("astapor", 1, self=True), node("braavos", 2, since_s=7990.0)],
        "services": [{
            "name": "zimbra", "phase": "active", "holder": "astapor", "epoch": 7, "step": None,
            "since_s": 7983.0, "target": None, "stopped": False, "maintenance": False,
            "failures": 0,
            "resources": [{"name": n, "type": t, "state": "up", "detail": ""}
                          for n, t in RESOURCES],
            "nodes": [
                {"name": "astapor", "phase": "active", "step": None, "barred": False,
                 "current": True, "storage": storage("Primary", "UpToDate", "Connected",
                                                     "Secondary", "UpToDate")},
                {"name": "braavos", "phase": "stopped", "step": None, "barred": False,
                 "current": True, "storage": storage("Secondary", "UpToDate", "Connected",
                                                     "Primary", "UpToDate")}],
            "why": [{"code": "WHY_ACTIVE", "level": "info",
                     "text": "zimbra is active on astapor, nothing is in its way"}]}],
        "attention": []}


def holder_lost():
    """braavos' view: astapor is gone without a fence agent, only the operator can help."""
    status = healthy()
    status |= {"node": "braavos", "mode": "manual", "ring": "2.2e"}
    status["nodes"] = [node("astapor", 1, member=False, present=False, heard=False, since_s=754.0),
                       node("braavos", 2, self=True)]
    service = status["services"][0]
    service |= {"phase": "stopped", "holder": "astapor", "since_s": 754.0}
    for resource in service["resources"]:
        resource["state"] = "down"
    del service["nodes"][0]["storage"]
    service["nodes"][0] |= {"phase": "active", "current": False}
    service["nodes"][1]["storage"] = storage("Secondary", "UpToDate", "Connecting", "Unknown",
                                             "DUnknown")
    service["why"] = [
        {"code": "WHY_HOLDER_ABSENT", "level": "warning",
         "text": "astapor held zimbra when contact was lost"},
        {"code": "WHY_CLEARANCE_MANUAL", "level": "warning",
         "text": "no fence agent is configured for astapor; if you see that it is off: "
                 "`zcsmgr confirm-down astapor`"}]
    status["attention"] = [
        {"level": "error", "text": "zimbra is not running: no fence agent is configured for "
                                   "astapor; if you see that it is off: `zcsmgr confirm-down "
                                   "astapor`"},
        {"level": "warning", "text": "astapor is absent"}]
    return status


def starting():
    status = healthy()
    status["node"] = "braavos"
    status["nodes"] = [node("astapor", 1, member=False, present=False, heard=False, fenced=True,
                            since_s=14.0), node("braavos", 2, self=True)]
    service = status["services"][0]
    service |= {"phase": "starting", "holder": "braavos", "step": "zimbra", "since_s": 42.0,
                "failures": 1}
    service["resources"][3] |= {"state": "unknown"}
    service["nodes"][0] |= {"phase": "unknown", "current": False, "storage": None}
    service["nodes"][1] |= {"phase": "starting", "step": "zimbra",
                            "storage": storage("Primary", "UpToDate", "Connecting", "Unknown",
                                               "Outdated")}
    service["why"] = [{"code": "WHY_STARTING", "level": "info",
                       "text": "zimbra is being started on braavos, for 42 s"}]
    status["attention"] = [{"level": "warning", "text": "astapor was fenced and is switched off"}]
    return status


def split():
    """All that can be wrong with the disks, and what a driver says in many words."""
    status = healthy()
    status |= {"quorate": False, "settled": False, "mode": "third-vote"}
    status["nodes"][1] |= {"standby": True, "same_config": False}
    service = status["services"][0]
    service |= {"maintenance": True, "target": "braavos", "failures": 2}
    service["resources"][1] |= {
        "state": "failed",
        "detail": "/opt/zimbra: the kernel has remounted it read-only after an I/O error on "
                  "/dev/drbd0; look at dmesg, then `zcsmgr cleanup zimbra`"}
    service["nodes"][0]["storage"] |= {"link": "StandAlone", "split_brain": True,
                                       "peer_disk": "DUnknown", "peer_role": "Unknown"}
    service["nodes"][1]["storage"] |= {"link": "Connecting", "disk": "Inconsistent",
                                       "syncing": True, "percent": 37, "suspended": True}
    service["nodes"][1] |= {"current": False, "barred": True}
    service["why"] = [
        {"code": "WHY_SPLIT_BRAIN", "level": "error",
         "text": "the disks of zimbra are split: each side has writes that the other lacks; "
                 "decide which side to keep"},
        {"code": "WHY_STUCK", "level": "error",
         "text": "a child working on filesystem of zimbra does not die on astapor; the node must "
                 "be reset", "detail": "umount: /opt/zimbra: target is busy"}]
    status["attention"] = [{"level": "error", "text": service["why"][0]["text"]},
                           {"level": "info", "text": "zimbra is in maintenance"}]
    return status


def disconnected():
    status = healthy()
    status |= {"connected": False, "quorate": False, "settled": False}
    status["nodes"][1] |= {"present": False, "member": False, "heard": False}
    service = status["services"][0]
    service["nodes"][1]["phase"] = "unknown"
    service["why"] = [{"code": "WHY_NO_COROSYNC", "level": "error",
                       "text": "this node has no contact with corosync; start it (systemctl "
                               "start corosync)"}]
    status["attention"] = [{"level": "error", "text": service["why"][0]["text"]}]
    return status


def many_nodes():
    """Six nodes: the sides do not fit beside each other."""
    status = healthy()
    names = ["astapor", "braavos", "cape-wrath", "dorne", "essos", "a-rather-long-node-name"]
    status["nodes"] = [node(n, i + 1, self=i == 0) for i, n in enumerate(names)]
    status["nodes"][3] |= {"silent": True}
    status["nodes"][4] |= {"present": False, "heard": False}
    service = status["services"][0]
    side = service["nodes"][1]
    service["nodes"] = [service["nodes"][0]] + [copy.deepcopy(side) | {"name": n}
                                                for n in names[1:]]
    return status


ALL = {f.__name__: f for f in (healthy, holder_lost, starting, split, disconnected, many_nodes)}
