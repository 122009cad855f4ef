"""Look-ups of a number in the registers that others keep: what was answered, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.ledger import Happening

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from outbound.domain.contact import Contact, Phone


class CheckKind(StrEnum):
    """Which register was asked.

    DO_NOT_CALL: is the number on a list of those who want no offers? REASSIGNED: may it have gone
    to somebody else since a day (47 CFR 64.1200(m))?
    """

    DO_NOT_CALL = "do_not_call"
    REASSIGNED = "reassigned"


class CheckAnswer(StrEnum):
    """What the register said; NO_DATA is that of numbers it knows nothing of."""

    YES = "yes"
    NO = "no"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Check:
    """One look-up. `since` is the day that a register of reassigned numbers was asked from."""

    kind: CheckKind
    answer: CheckAnswer
    at: datetime
    source: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """A look-up as it is told to us; `proof` says where it can be found."""

    phone: str
    check: Check
    proof: str | None = None


def newest(checks: Iterable[Check], kind: CheckKind) -> Check | None:
    """The last look-up of a kind; of two at the same time, the one that found something."""
    return max(
        (each for each in checks if each.kind is kind),
        key=lambda each: (each.at, each.answer is CheckAnswer.YES),
        default=None,
    )


def with_check(checks: tuple[Check, ...], check: Check) -> tuple[Check, ...]:
    """The last look-up of each kind, now that there is one more."""
    earlier = newest(checks, check.kind)
    if earlier is not None and (earlier == check or earlier.at > check.at):
        return checks
    return (*(each for each in checks if each.kind is not check.kind), check)


def keeping(phones: Iterable[Phone], before: Iterable[Phone]) -> tuple[Phone, ...]:
    """Numbers as they are written anew, with what is known of each already."""
    known = {phone.value: phone for phone in before}
    return tuple(
        replace(phone, checks=known[phone.value].checks, line=known[phone.value].line)
        if phone.value in known
        else phone
        for phone in phones
    )


def looked_up(contact: Contact, look_up: LookUp, by: str) -> tuple[Contact, Happening | None]:
    """The contact with one more look-up of its number, and what the ledger is told of it.

    None, and the contact as it was, where it knows of this look-up or of a later one.
    """
    phones = tuple(
        replace(phone, checks=with_check(phone.checks, look_up.check))
        if phone.value == look_up.phone
        else phone
        for phone in contact.phones
    )
    if phones == contact.phones:
        return contact, None
    return replace(contact, phones=phones), _happening(look_up, by)


def _happening(look_up: LookUp, by: str) -> Happening:
    check = look_up.check
    facts = {"kind": check.kind.value, "answer": check.answer.value, "source": check.source}
    if check.since is not None:
        facts["since"] = check.since.isoformat()
    proof = {"address": look_up.phone} | ({"proof": look_up.proof} if look_up.proof else {})
    return Happening("check.recorded", check.at, by, facts, proof)
