"""What a request says about consent, as statements: each with what it needs to be believed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.adapters.api.contact_models import LEVELS, ConsentModel
from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.instant import to_milliseconds
from outbound.domain.stating import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from outbound.adapters.api.contact_models import Consents
    from outbound.domain.words import Channel, Purpose

SKEW = timedelta(minutes=5)
"""How far the caller's clock may be ahead of ours."""


def statements_of(consents: Consents, now: datetime) -> Iterator[Statement]:
    """The statements that are made, one by one.

    Raises:
        Refusal: one of them lacks what it needs, or lies ahead.
    """
    for channel, purposes in consents.items():
        for purpose, models in purposes.items():
            place = f"/consents/{channel}/{purpose}"
            if isinstance(models, ConsentModel):
                yield _statement(channel, purpose, models, place, now)
                continue
            for index, model in enumerate(models):
                yield _statement(channel, purpose, model, f"{place}/{index}", now)


def _statement(
    channel: Channel, purpose: Purpose, model: ConsentModel, place: str, now: datetime
) -> Statement:
    at = past(model.at, now, f"{place}/at")
    granted = model.status is ConsentStatus.GRANTED
    level = LEVELS[model.level] if granted and model.level else Level.NONE
    faults = _faults(model, granted=granted, level=level, place=place)
    if faults:
        raise Refusal("invalid_request", f"{faults[0].pointer}: {faults[0].message}", *faults)
    evidence = {"wording": model.wording, "proof": model.proof}
    return Statement(
        channel=channel,
        purpose=purpose,
        topic=model.topic,
        status=model.status,
        level=level,
        source=model.source or "api",
        at=at,
        expires_at=to_milliseconds(model.expires_at) if model.expires_at else None,
        proof={name: value for name, value in evidence.items() if value is not None},
    )


def past(at: datetime | None, now: datetime, place: str) -> datetime:
    """When something was said; now, where that isn't given.

    Raises:
        Refusal: it lies ahead, by more than clocks differ.
    """
    if at is None:
        return now
    if at > now + SKEW:
        raise refused_at(place, "time_in_the_future", "at must not lie in the future.")
    return min(to_milliseconds(at), now)


def _faults(model: ConsentModel, *, granted: bool, level: Level, place: str) -> list[Fault]:
    """A yes says how firm it is and where it is from; the firmer, the more must show it."""
    needed = {
        "level": granted and model.level is None,
        "source": granted and model.source is None,
        "expires_at": level is Level.IMPLIED and model.expires_at is None,
        "wording": level is Level.EXPRESS_WRITTEN and model.wording is None,
        "proof": level is Level.EXPRESS_WRITTEN and model.proof is None,
    }
    why = {
        "level": f"A yes needs its level: {', '.join(LEVELS)}.",
        "source": "A yes needs its source: where it was given.",
        "expires_at": "An implied yes ends with the relation it follows from: say when.",
        "wording": "A written yes needs the wording that was agreed to.",
        "proof": "A written yes needs a proof: where the agreement can be found.",
    }
    return [
        Fault(f"{place}/{name}", "required", why[name]) for name, lacks in needed.items() if lacks
    ]
