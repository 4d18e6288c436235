# SPDX-License-Identifier: GPL-2.0-or-later
"""Power cuts, with real fence agents and BMCs."""

from machines import NAMES, until


def test_the_active_loses_its_power_in_a_burst_of_mail(lab, mail):
    lab.crash(1)
    lab.wait_active(2, seconds=120)
    mail.flows(60)
    codes = [record["code"] for record in lab.history(2)]
    assert codes.index("FENCED") < len(codes) - 1 - codes[::-1].index("ACQUIRED")
    until("the BMC has switched it on again", lambda: lab.is_on(1), 60)
    lab.wait_up(1)
    lab.wait_back(1, seconds=120)
    assert lab.service(1)["holder"] == NAMES[1]
    assert not lab.facts(1)["primary"]
