"""Look-ups that must be recorded: that a number isn't on a list, that it has the same owner still.

All contacts with the number bring what they know of it: a look-up is about the number, and the last
one counts, whoever it was made for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.check import CheckAnswer, CheckKind, newest
from outbound.domain.consent import standing
from outbound.domain.rules.judging import blocked
from outbound.domain.rules.zones import people

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.check import Check
    from outbound.domain.message import Decision
    from outbound.domain.rules.facts import Facts
    from outbound.domain.rules.jurisdiction import Checked

FOUND = {CheckKind.DO_NOT_CALL: "do_not_call_listed", CheckKind.REASSIGNED: "number_reassigned"}


def checked(facts: Facts) -> Decision | None:
    """There must be the look-ups that each place asks for, and they must have found nothing."""
    for jurisdiction in facts.jurisdictions:
        for rule in jurisdiction.checked:
            reason = _objection(rule, facts)
            if reason is not None:
                return blocked(rule, reason)
    return None


def _objection(rule: Checked, facts: Facts) -> str | None:
    if rule.unless is not None and facts.level >= rule.unless:
        return None
    given = _consented_at(facts)
    check = newest(_known(facts), rule.kind)
    if check is not None and check.answer is CheckAnswer.YES and not _since(given, check):
        return FOUND[rule.kind]
    good_for = rule.consent_good_for
    if given is not None and good_for is not None and facts.now < given + good_for:
        return None
    return _lacking(rule, check, given, facts.now)


def _lacking(
    rule: Checked, check: Check | None, given: datetime | None, now: datetime
) -> str | None:
    """Why the last look-up isn't the one that is needed."""
    if check is None:
        return f"{rule.kind}_check_missing"
    if check.at <= now - rule.within or check.answer is CheckAnswer.YES:
        return f"{rule.kind}_check_stale"
    if check.answer is CheckAnswer.NO_DATA:
        return f"{rule.kind}_no_data"
    if check.since is not None and given is not None and check.since > given.date():
        return f"{rule.kind}_check_too_short"
    return None


def _since(given: datetime | None, check: Check) -> bool:
    """Whether somebody has said yes since: then whoever has the number now did.

    On a list of those who want no offers a yes changes nothing, unless its rule says so.
    """
    return check.kind is CheckKind.REASSIGNED and given is not None and given > check.at


def _consented_at(facts: Facts) -> datetime | None:
    if facts.contact is None:
        return None
    said = standing(
        facts.contact.consents,
        facts.channel,
        facts.purpose,
        facts.topic,
        address_key=facts.address_key,
        now=facts.now,
    )
    return max((consent.at for consent in said), default=None)


def _known(facts: Facts) -> list[Check]:
    phones = (contact.phone(facts.address.value) for contact in people(facts))
    return [check for phone in phones if phone is not None for check in phone.checks]
