"""Checks of the numbers that people text to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command.doctor import phone
from outbound_client.command.doctor.verdict import Check, Verdict, ok, problem, warning

if TYPE_CHECKING:
    from outbound_client.command.account import Facts
    from outbound_client.command.deployed import TwoWayNumber

SELF_MANAGED = (
    "https://docs.aws.amazon.com/sms-voice/latest/userguide/opt-out-list-self-managed.html"
)


def two_way(facts: Facts) -> Verdict:
    """What people text must reach the deployment, and exactly one must answer."""
    numbers = facts.deployed.two_way
    if not numbers:
        return ok(
            "AWS alone hears a STOP: no number is set as sms.two_way. Outbound learns of it when "
            "AWS refuses the next text."
        )
    for number in numbers:
        found = phone.number_named(facts, number.number)
        if found is None:
            return problem(
                f"sms.two_way has {number.number}, and this account has no such number here.",
                f"Request it ({facts.about.console('sms-voice', '#/phone-numbers')}) or correct it "
                "in cdk.json, and deploy",
            )
        if wrong := _wrong(facts, number, found):
            return problem(wrong, f"outbound setup --environment {facts.about.environment}")
    kept = [number.number for number in numbers if number.by_aws]
    if kept:
        return warning(
            f"AWS answers a STOP to {', '.join(kept)} and keeps it to itself: other numbers and "
            "calls stop only when AWS refuses the next text.",
            f"Set self_managed_opt_outs in cdk.json, deploy, outbound setup: {SELF_MANAGED}",
        )
    return ok(f"What is texted to {len(numbers)} number(s) is heard.")


def _wrong(facts: Facts, number: TwoWayNumber, found: dict[str, Any]) -> str | None:
    name = number.number
    if not found["TwoWayEnabled"]:
        return f"Nobody hears what is texted to {name}: its two-way messages are off."
    if found.get("TwoWayChannelArn") != facts.deployed.inbound_topic:
        return (
            f"What is texted to {name} goes to another topic than this deployment's: is it another"
            " environment's, that stays?"
        )
    if found["SelfManagedOptOutsEnabled"] != number.self_managed:
        answers, ours = ("Outbound", "AWS") if number.self_managed else ("AWS", "Outbound")
        return f"A STOP to {name} is to be answered by {answers}, and {ours} is told to."
    if found["OptOutListName"] != number.opt_out_list:
        return (
            f"The opt-out list of {name} is {found['OptOutListName']}, not {number.opt_out_list}."
        )
    return None


CHECK = Check("sms.two-way", two_way)
