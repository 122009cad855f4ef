"""Suppressions, decisions and revocations, as requests hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AwareDatetime, Field

from outbound.adapters.api.addresses import AddressModel, address_of
from outbound.adapters.api.consent_statements import past
from outbound.adapters.api.contact_models import Source, Text
from outbound.adapters.api.identifiers import ContactId, Topic
from outbound.adapters.api.reading import Model, read, read_value
from outbound.domain.errors import Refusal
from outbound.domain.instant import to_milliseconds
from outbound.domain.suppression import Reason
from outbound.domain.words import Channel, Purpose
from outbound.flow.decisions import Question
from outbound.flow.manage.revocations import Said
from outbound.flow.manage.suppressions import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.address import Address

MOST_DECISIONS = 500


class SuppressionModel(AddressModel):
    """An address that shall not be used."""

    reason: Reason = Reason.MANUAL
    source: Source = "api"
    purposes: Annotated[list[Purpose], Field(min_length=1)] | None = None
    expires_at: AwareDatetime | None = None


class LiftModel(AddressModel):
    """An address that may be used again, as far as one reason goes."""

    reason: Reason
    proof: Text | None = None


class QuestionModel(Model):
    """May these contacts be written to?"""

    at: AwareDatetime | None = None
    channel: Channel
    purpose: Purpose
    topic: Topic | None = None
    contact_ids: Annotated[list[ContactId], Field(min_length=1, max_length=MOST_DECISIONS)]


class RevocationModel(Model):
    """What a person has revoked, other than by a link or a text."""

    channels: Annotated[list[Channel], Field(min_length=1)] | None = None
    purposes: Annotated[list[Purpose], Field(min_length=1)] | None = None
    topic: Topic | None = None
    source: Source
    at: AwareDatetime | None = None
    proof: Text | None = None


def read_revocation(text: str, now: datetime) -> Said:
    """What a person has revoked.

    Raises:
        Refusal: the body isn't a revocation, or lies in the future.
    """
    model = read(RevocationModel, text)
    return Said(
        channels=frozenset(model.channels or Channel),
        purposes=frozenset(model.purposes) if model.purposes else None,
        topic=model.topic,
        source=model.source,
        at=past(model.at, now, "/at"),
        proof={"proof": model.proof} if model.proof else {},
    )


def read_address(parameters: Mapping[str, str]) -> Address:
    """The address that a query names.

    Raises:
        Refusal: it names none, two, or something else.
    """
    given = {name: parameters[name] for name in ("email", "phone") if name in parameters}
    try:
        return address_of(read_value(AddressModel, given, ""))
    except Refusal as refusal:
        raise Refusal("invalid_parameter", refusal.faults[0].message, *refusal.faults) from None


def read_suppression(text: str) -> Wish:
    """A suppression that is to be made by hand.

    Raises:
        Refusal: the body isn't one.
    """
    model = read(SuppressionModel, text)
    return Wish(
        address=address_of(model),
        reason=model.reason,
        source=model.source,
        purposes=frozenset(model.purposes) if model.purposes is not None else None,
        expires_at=to_milliseconds(model.expires_at) if model.expires_at else None,
    )


def read_lift(text: str) -> tuple[Address, Reason, str | None]:
    """Address and reason of a suppression that is taken back, and the proof for it.

    Raises:
        Refusal: the body isn't that.
    """
    model = read(LiftModel, text)
    return address_of(model), model.reason, model.proof


def read_question(text: str, now: datetime) -> Question:
    """What `POST /v1/decisions` asks.

    Raises:
        Refusal: the body isn't a question.
    """
    model = read(QuestionModel, text)
    return Question(
        at=to_milliseconds(model.at) if model.at else now,
        channel=model.channel,
        purpose=model.purpose,
        topic=model.topic,
        contact_ids=tuple(model.contact_ids),
    )
