"""What the query says of an alert in XML, which has no places for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.adapters.api.alert_requests import MOST_STEPS, parse_step
from outbound.adapters.api.paging import check_known
from outbound.domain.alert import AGAIN, Escalation, Target
from outbound.domain.content import TemplateRef
from outbound.domain.errors import refused_at
from outbound.domain.regions import REGION_HINT, region
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/cap+xml"
KNOWN = ("regions", "segment", "channels", "calls_again", "escalation", "template")
MOST_REGIONS = 60
ESCALATION_HINT = (
    f"must be up to {MOST_STEPS} steps, each from PT2M to P1D and by some of "
    f"{', '.join(Channel)}: PT10M:voice,PT1H:sms:voice"
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """To whom and how; `target` None is as the areas of the alert say."""

    target: Target | None
    channels: tuple[Channel, ...] = tuple(Channel)
    calls_again: int = 2
    escalation: tuple[Escalation, ...] = ()
    template: TemplateRef | None = None


def read_wanted(parameters: Mapping[str, str]) -> Wanted:
    """The query beside an alert in XML.

    Raises:
        Refusal: a parameter is wrong.
    """
    check_known(parameters, KNOWN)
    return Wanted(
        _target(parameters),
        _channels(parameters),
        _calls(parameters),
        _escalation(parameters.get("escalation")),
        _template(parameters.get("template")),
    )


def _target(parameters: Mapping[str, str]) -> Target | None:
    regions, segment = parameters.get("regions"), parameters.get("segment")
    if regions is not None and segment is not None:
        message = "regions and segment exclude each other."
        raise refused_at("segment", "invalid_parameter", message)
    if segment is not None:
        if not _NAME.fullmatch(segment):
            raise refused_at("segment", "invalid_parameter", "segment must be the id of a segment.")
        return Target(segment=segment)
    if regions is None:
        return None
    try:
        found = tuple(dict.fromkeys(region(each.strip()) for each in regions.split(",")))
    except ValueError:
        raise refused_at("regions", "invalid_parameter", f"regions {REGION_HINT}.") from None
    if len(found) > MOST_REGIONS:
        message = f"regions may have {MOST_REGIONS} of them."
        raise refused_at("regions", "invalid_parameter", message)
    return Target(found)


def _channels(parameters: Mapping[str, str]) -> tuple[Channel, ...]:
    text = parameters.get("channels")
    if text is None:
        return tuple(Channel)
    try:
        return tuple(dict.fromkeys(Channel(each.strip()) for each in text.split(",")))
    except ValueError:
        message = f"channels must be some of: {', '.join(Channel)}."
        raise refused_at("channels", "invalid_parameter", message) from None


def _calls(parameters: Mapping[str, str]) -> int:
    text = parameters.get("calls_again", "2")
    if text not in map(str, range(len(AGAIN) + 1)):
        message = f"calls_again must be from 0 to {len(AGAIN)}."
        raise refused_at("calls_again", "invalid_parameter", message)
    return int(text)


def _escalation(text: str | None) -> tuple[Escalation, ...]:
    if text is None:
        return ()
    steps = [each.split(":") for each in text.split(",")]
    if len(steps) <= MOST_STEPS:
        try:
            return tuple(_step(*each) for each in steps)
        except (TypeError, ValueError):
            pass
    raise refused_at("escalation", "invalid_parameter", f"escalation {ESCALATION_HINT}.")


def _template(name: str | None) -> TemplateRef | None:
    if name is not None and not _NAME.fullmatch(name):
        raise refused_at("template", "invalid_parameter", "template must be the id of a template.")
    return TemplateRef(name, 0) if name is not None else None


def _step(after: str, *channels: str) -> Escalation:
    if not channels:
        raise ValueError("by no channel")
    return Escalation(parse_step(after), tuple(dict.fromkeys(map(Channel, channels))))
