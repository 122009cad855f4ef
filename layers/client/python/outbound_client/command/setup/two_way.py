"""Numbers that people text to: what they text goes to the deployment's topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command.account.phone import is_origin
from outbound_client.command.setup.step import Call, Step, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outbound_client.command.account import Facts
    from outbound_client.command.deployed import TwoWayNumber

PHONE = "pinpoint-sms-voice-v2"
NAME = "sms.two-way"
OPT_IN_WORDS = ("START", "UNSTOP")
WELCOME = "You get our messages again. Reply HELP for help, STOP to opt out."


def steps(facts: Facts) -> Iterator[Step]:
    """An opt-out list that isn't there yet, and each number as the settings say."""
    numbers = facts.deployed.two_way
    if not numbers:
        return
    lists = {one["OptOutListName"] for one in facts["phone.opt-out-lists"]}
    for name in sorted({one.opt_out_list for one in numbers} - lists):
        call = Call(
            PHONE, "CreateOptOutList", "sms-voice:CreateOptOutList", {"OptOutListName": name}
        )
        yield step(NAME, f"There is the opt-out list {name}", None, "yes", call)
    for number in numbers:
        yield _number(number, facts)


def _number(number: TwoWayNumber, facts: Facts) -> Step:
    what = f"What is texted to {number.number}"
    found = next((one for one in facts["phone.numbers"] if is_origin(one, number.number)), None)
    if found is None:
        return Step(name=NAME, what=what, unknown="this account has no such number here")
    topic = facts.deployed.inbound_topic
    before = _shown(
        found.get("TwoWayChannelArn") if found["TwoWayEnabled"] else None,
        found["OptOutListName"],
        self_managed=found["SelfManagedOptOutsEnabled"],
    )
    after = _shown(topic, number.opt_out_list, self_managed=number.self_managed)
    wanted = {
        "PhoneNumberId": found.get("PhoneNumberId") or found["PhoneNumberArn"],
        "TwoWayEnabled": True,
        "TwoWayChannelArn": topic,
        "SelfManagedOptOutsEnabled": number.self_managed,
        "OptOutListName": number.opt_out_list,
    }
    call = Call(PHONE, "UpdatePhoneNumber", "sms-voice:UpdatePhoneNumber", wanted)
    return step(NAME, what, before, after, call)


def _shown(topic: str | None, opt_out_list: str, *, self_managed: bool) -> list[str]:
    return [
        f"goes to {topic}" if topic else "is heard by nobody",
        f"opt-outs are answered by {'Outbound' if self_managed else 'AWS or the carrier'}",
        f"opt-out list {opt_out_list}",
    ]


def opt_in_words(origin: str, by_word: Mapping[str, Any]) -> Iterator[Step]:
    """AWS takes who says START off its list, as Outbound does."""
    for word in OPT_IN_WORDS:
        call = Call(
            PHONE,
            "PutKeyword",
            "sms-voice:PutKeyword",
            {
                "OriginationIdentity": origin,
                "Keyword": word,
                "KeywordMessage": WELCOME,
                "KeywordAction": "OPT_IN",
            },
        )
        before = by_word.get(word, {}).get("KeywordAction")
        yield step("sms.keywords", f"{origin}: {word} is answered with", before, "OPT_IN", call)
