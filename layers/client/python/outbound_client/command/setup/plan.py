"""What is to be set in an account, once: all that CloudFormation can't.

Pure: from facts to steps. Each says what is so now, so that it can be put back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.account import Facts, NotKnown
from outbound_client.command.account.phone import ids_of
from outbound_client.command.account.spend import Limit, known_limit, limit_of, whole_dollars
from outbound_client.command.setup import lists, two_way
from outbound_client.command.setup.step import Call, Step, step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PHONE = "pinpoint-sms-voice-v2"
REASONS = ["BOUNCE", "COMPLAINT"]
OPT_OUT_WORDS = ("REVOKE", "OPT OUT")
"""Of 47 CFR 64.1200(a)(10), what AWS's own list lacks."""
SPEND = {
    "sms": ("texts", "SetTextMessageSpendLimitOverride"),
    "mms": ("media messages", "SetMediaMessageSpendLimitOverride"),
    "voice": ("calls", "SetVoiceMessageSpendLimitOverride"),
}
MORE = (
    "AWS allows {most} USD a month at most; for {wanted} ask for more, then run this again: "
    "https://console.aws.amazon.com/support/home#/case/create?issueType=service-limit-increase"
)


def plan(facts: Facts, *, again: bool = False) -> list[Step]:
    """The steps, those that are already so among them; `again` reads lists in that were.

    Raises:
        NotKnown: the deployment says nothing of itself.
    """
    sms = facts.deployed.settings.sms
    makers: list[tuple[str, Callable[[], Iterable[Step]]]] = [
        ("email.suppression", lambda: [_suppression(facts)]),
        *((("sms.sns", lambda: _sns(facts)),) if sms.provider == "sns" else ()),
        *((("sms.spend-limit", lambda: _spend(facts, "sms")),) if sms.provider != "sns" else ()),
        ("mms.spend-limit", lambda: _spend(facts, "mms")),
        ("voice.spend-limit", lambda: _spend(facts, "voice")),
        ("sms.two-way", lambda: two_way.steps(facts)),
        ("sms.keywords", lambda: _keywords(facts)),
        ("lists.read-in", lambda: lists.steps(facts, again=again)),
    ]
    return [one for name, make in makers for one in _made(name, make)]


def _made(name: str, make: Callable[[], Iterable[Step]]) -> list[Step]:
    try:
        return list(make())
    except NotKnown as reason:
        return [Step(name=name, what=f"{name}: what is so now isn't known", unknown=f"{reason}")]


def _suppression(facts: Facts) -> Step:
    now = (facts["ses.account"].get("SuppressionAttributes") or {}).get("SuppressedReasons", [])
    wanted = sorted({*now, *REASONS})
    call = Call(
        "sesv2",
        "PutAccountSuppressionAttributes",
        "ses:PutAccountSuppressionAttributes",
        {"SuppressedReasons": wanted},
    )
    return step("email.suppression", "SES suppresses addresses after", sorted(now), wanted, call)


def _sns(facts: Facts) -> Iterable[Step]:
    now = facts["sns.attributes"]
    role = facts.deployed.text_status_role
    yield _attribute("sms.reports-role", "SNS reports texts as", now, "DeliveryStatusIAMRole", role)
    yield _attribute(
        "sms.reports-rate",
        "SNS reports so many % of the texts that arrive",
        now,
        "DeliveryStatusSuccessSamplingRate",
        "100",
    )
    yield _attribute("sms.type", "SNS sends texts as", now, "DefaultSMSType", "Transactional")
    wanted = whole_dollars(facts.deployed.settings.sms.monthly_limit_usd)
    # SNS doesn't say how much it allows; End User Messaging, which delivers its texts, does.
    allowed = known_limit(facts, "sms")
    limit = min(wanted, allowed.most) if allowed else wanted
    note = MORE.format(most=limit, wanted=wanted) if limit < wanted else None
    yield _attribute(
        "sms.spend-limit",
        "SNS stops texts at so many USD a month",
        now,
        "MonthlySpendLimit",
        str(limit),
        note,
    )


def _attribute(
    name: str, what: str, now: dict[str, str], attribute: str, wanted: str, note: str | None = None
) -> Step:
    call = Call(
        "sns", "SetSMSAttributes", "sns:SetSMSAttributes", {"attributes": {attribute: wanted}}
    )
    return step(name, what, now.get(attribute), wanted, call, note)


def _spend(facts: Facts, kind: str) -> Iterable[Step]:
    settings = facts.deployed.settings
    channel = settings.voice if kind == "voice" else settings.sms
    wanted = whole_dollars(channel.monthly_limit_usd)
    limit = limit_of(facts, kind)
    if limit is not None:
        yield _limited(kind, limit, wanted)


def _limited(kind: str, limit: Limit, wanted: int) -> Step:
    what, action = SPEND[kind]
    after = min(wanted, limit.most)
    return step(
        f"{kind}.spend-limit",
        f"End User Messaging stops {what} at so many USD a month",
        limit.enforced,
        after,
        Call(PHONE, action, f"sms-voice:{action}", {"MonthlyLimit": after}),
        MORE.format(most=limit.most, wanted=wanted) if limit.most < wanted else None,
    )


def _keywords(facts: Facts) -> Iterable[Step]:
    numbers, deployed = facts["phone.numbers"], facts.deployed
    answered_by_us = ids_of(numbers, deployed.answered_by_us)
    heard = ids_of(numbers, {one.number for one in deployed.two_way})
    for origin, known in facts["phone.keywords"].items():
        if origin in answered_by_us:
            continue
        by_word = {one["Keyword"].upper(): one for one in known}
        # The same words as for STOP: they are agreed with the carriers.
        stop = by_word.get("STOP", {}).get("KeywordMessage")
        for word in OPT_OUT_WORDS:
            yield _keyword(origin, word, by_word.get(word, {}).get("KeywordAction"), stop)
        if origin in heard:
            yield from two_way.opt_in_words(origin, by_word)


def _keyword(origin: str, word: str, action: str | None, message: str | None) -> Step:
    name, what = "sms.keywords", f"{origin}: {word} is answered with"
    if message is None and action != "OPT_OUT":
        return Step(name=name, what=what, unknown="it has no answer to STOP that could be used")
    call = Call(
        PHONE,
        "PutKeyword",
        "sms-voice:PutKeyword",
        {
            "OriginationIdentity": origin,
            "Keyword": word,
            "KeywordMessage": message,
            "KeywordAction": "OPT_OUT",
        },
    )
    return step(name, what, action, "OPT_OUT", call)
