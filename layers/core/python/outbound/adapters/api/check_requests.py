"""Look-ups of numbers, as requests hold them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AwareDatetime, Field

from outbound.adapters.api.addresses import Phone
from outbound.adapters.api.consent_statements import past
from outbound.adapters.api.contact_models import Source, Text
from outbound.adapters.api.reading import Model, canonical, parsed, read, read_value
from outbound.domain.check import Check, CheckAnswer, CheckKind, LookUp
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.wanted import Wanted
from outbound.flow.manage.contacts import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from outbound.domain.contact import Contact

MOST_CHECKS, MOST_OF_A_CONTACT = 500, 20


class CheckModel(Model):
    """What a register answered of a number."""

    phone: Phone
    kind: CheckKind
    answer: CheckAnswer
    since: date | None = None
    at: AwareDatetime | None = None
    source: Source
    proof: Text | None = None


class ContactChecksModel(Model):
    """Look-ups of the numbers of one contact."""

    checks: Annotated[list[CheckModel], Field(min_length=1, max_length=MOST_OF_A_CONTACT)]


class ChecksModel(Model):
    """Look-ups of many numbers, read one by one."""

    checks: Annotated[list[Any], Field(min_length=1, max_length=MOST_CHECKS)]


def read_contact_checks(text: str, now: datetime) -> Callable[[Contact | None], Wanted]:
    """Look-ups of the numbers of a contact that exists.

    Raises:
        Refusal: the body isn't that.
    """
    models = read(ContactChecksModel, text).checks
    look_ups = [_look_up(each, now, f"/checks/{index}") for index, each in enumerate(models)]

    def want(contact: Contact | None) -> Wanted:
        if contact is None:
            raise unknown()
        return Wanted(None, look_ups=look_ups)

    return want


def read_checks(text: str, now: datetime) -> Sequence[LookUp | Refusal]:
    """Look-ups of many numbers; an item that isn't one is there as its refusal.

    Raises:
        Refusal: the body isn't a list of 1 to 500 items.
    """
    return [_item(each, now) for each in read_value(ChecksModel, parsed(text), "").checks]


def _item(value: object, now: datetime) -> LookUp | Refusal:
    try:
        return _look_up(read(CheckModel, canonical(value)), now, "")
    except Refusal as refusal:
        return refusal


def _look_up(model: CheckModel, now: datetime, place: str) -> LookUp:
    at = past(model.at, now, f"{place}/at")
    reassigned = model.kind is CheckKind.REASSIGNED
    if reassigned and model.since is None:
        message = "Say since which day the number was asked for: that of the consent."
        raise _wrong(f"{place}/since", message)
    if not reassigned and model.since is not None:
        raise _wrong(f"{place}/since", "Only a register of reassigned numbers is asked for a day.")
    if not reassigned and model.answer is CheckAnswer.NO_DATA:
        raise _wrong(f"{place}/answer", "A number is on the list or not: yes or no.")
    if model.since is not None and model.since > at.date():
        message = "since must not lie behind the look-up."
        raise refused_at(f"{place}/since", "time_in_the_future", message)
    check = Check(model.kind, model.answer, at, model.source, model.since)
    return LookUp(model.phone, check, model.proof)


def _wrong(pointer: str, message: str) -> Refusal:
    return refused_at(pointer, "invalid_request", message)
