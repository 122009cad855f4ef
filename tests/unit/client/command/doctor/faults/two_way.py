"""Faults of the numbers that people text to."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.client.command.account import ARN
from tests.unit.client.command.doctor.faults.fault import Fault, problem, texter, warning

NUMBER = "+12065550143"


def heard(**changes: Any) -> dict[str, str]:
    """The output of a deployment whose number for texts is heard."""
    told = {"number": NUMBER, "type": "ten_dlc", "self_managed": True, "opt_out_list": "Default"}
    return {"TwoWayNumbers1": json.dumps([told | changes])}


def number(**changes: Any) -> dict[str, Any]:
    """The number as `outbound setup` leaves it, with changes."""
    return texter(
        **{
            "TwoWayEnabled": True,
            "TwoWayChannelArn": f"{ARN}:inbound",
            "SelfManagedOptOutsEnabled": True,
            **changes,
        }
    )


def fault(of: Fault, **changes: Any) -> Fault:
    of.outputs = heard(**changes)
    return of


TWO_WAY = [
    fault(problem("sms.two-way", "no such number here", "cdk.json", {}), number="+12065550199"),
    fault(
        problem(
            "sms.two-way",
            "Nobody hears what is texted to +12065550143",
            "outbound setup --environment dev",
            number(TwoWayEnabled=False, SelfManagedOptOutsEnabled=False),
        )
    ),
    fault(
        problem(
            "sms.two-way",
            "another topic",
            "outbound setup",
            number(TwoWayChannelArn=f"{ARN}:other"),
        )
    ),
    fault(
        problem(
            "sms.two-way",
            "is to be answered by Outbound, and AWS is told to",
            "outbound setup",
            number(SelfManagedOptOutsEnabled=False),
        )
    ),
    fault(
        problem("sms.two-way", "is Default, not alerts", "outbound setup", number()),
        opt_out_list="alerts",
    ),
    fault(
        warning(
            "sms.two-way",
            "keeps it to itself",
            "self_managed_opt_outs",
            number(SelfManagedOptOutsEnabled=False),
        ),
        self_managed=False,
    ),
]
