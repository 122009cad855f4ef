"""CAP 1.2 read into an alert; every violation of the schema is told with its place, as XPath."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from outbound.adapters.api.alert_requests import LONGEST_SAID, LONGEST_TITLE
from outbound.adapters.api.reading import digest_of
from outbound.adapters.cap.areas import regions_of
from outbound.adapters.cap.schema import ALERT, BLOCKS, Form
from outbound.adapters.cap.tree import Element, parse
from outbound.domain.alert import (
    AlertSettings,
    AlertStatus,
    AlertType,
    Category,
    Certainty,
    Identity,
    Info,
    Resource,
    Severity,
    Target,
    Urgency,
)
from outbound.domain.errors import Fault, Refusal
from outbound.domain.instant import to_milliseconds
from outbound.domain.locale import PATTERN
from outbound.flow.alerts.making import NewAlert, Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from enum import StrEnum

    from outbound.adapters.api.cap_requests import Wanted

    WordT = TypeVar("WordT", bound=StrEnum)

ROUTE = "POST /v1/alerts"
NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
USUAL_LIFE = timedelta(days=1)
MOST_INFOS = 20
_LOCALE = re.compile(PATTERN)
_URL = re.compile(r"https?://[!-~]{1,1990}")
_UNSAID = re.compile(r"[\x7f]")
SENT = {
    "status": (frozenset(AlertStatus), "Actual, Exercise or Test"),
    "msgType": (frozenset(AlertType), "Alert, Update or Cancel"),
    "scope": (frozenset({"Public"}), "Public"),
}
"""Of what the schema allows, what we send to people."""


def read_cap(text: str, wanted: Wanted, idempotency_key: str | None) -> NewAlert:
    """The alert in a body of XML, sent as `wanted` says.

    Raises:
        Refusal: it isn't CAP 1.2, or not for the public.
    """
    root = parse(text)
    if (root.space, root.name) != (NAMESPACE, "alert"):
        message = f"The root must be alert in the namespace {NAMESPACE}."
        raise _refusal([Fault("/alert", "invalid_cap", message)])
    faults = [*_violations(root, ALERT), *_unsent(root)]
    if faults:
        raise _refusal(faults)
    infos = tuple(_info(each) for each in root.all("info"))
    settings = AlertSettings(
        status=AlertStatus(_said(root, "status")),
        kind=AlertType(_said(root, "msgType")),
        infos=infos,
        target=_target(root, wanted),
        channels=wanted.channels,
        expires_at=_expires(root),
        calls_again=wanted.calls_again,
        escalation=wanted.escalation,
        template=wanted.template,
    )
    places = Places(
        target="segment",
        references="/alert/references[1]",
        expires="/alert/info[1]/expires[1]",
        infos=tuple(each.place for each in root.all("info")),
        steps=("escalation",) * len(wanted.escalation),
        template="template",
    )
    identity = Identity(_said(root, "sender"), _said(root, "identifier"), _instant(root, "sent"))
    fingerprint = digest_of(ROUTE, f"{text}\0{wanted}")
    return NewAlert(
        settings, identity, tuple(_referred(root)), places, idempotency_key, fingerprint
    )


def _violations(element: Element, forms: Mapping[str, Form]) -> Iterator[Fault]:
    """What the schema doesn't allow."""
    order = list(forms)
    reached, seen = 0, set()
    for child in element.children:
        if child.space == SIGNATURE:
            continue
        form = forms.get(child.name) if child.space == NAMESPACE else None
        if form is None:
            yield _fault(child.place, "This element is not known here.")
            continue
        if order.index(child.name) < reached:
            yield _fault(child.place, f"It must stand before {order[reached]}.")
        reached = max(reached, order.index(child.name))
        if child.name in seen and not form.many:
            yield _fault(child.place, "It may stand here only once.")
        seen.add(child.name)
        if child.name in BLOCKS:
            yield from _violations(child, BLOCKS[child.name])
        elif (wrong := form.objection(child.text)) is not None:
            yield _fault(child.place, wrong)
        elif child.children:
            yield _fault(child.place, "It must have no elements in it.")
    for name, form in forms.items():
        if form.needed and name not in seen:
            yield Fault(f"{element.place}/{name}", "required", "This element is required.")


def _unsent(root: Element) -> Iterator[Fault]:
    """What is CAP, and not for us to send."""
    for name, (words, text) in SENT.items():
        element = root.first(name)
        if element is not None and element.text not in words:
            yield _fault(element.place, f"Only alerts are sent whose {name} is {text}.")
    infos = list(root.all("info"))
    if not 1 <= len(infos) <= MOST_INFOS:
        yield _fault("/alert/info", f"An alert for people has 1 to {MOST_INFOS} infos.")
    for info in infos:
        tag = info.first("language")
        if tag is not None and not _LOCALE.fullmatch(_locale(tag.text)):
            yield _fault(tag.place, "It must be a language tag, like en-US or es.")
        for name, most in (("headline", LONGEST_TITLE), ("event", LONGEST_TITLE)):
            yield from _too_long(info, name, most)
        for name in ("description", "instruction", "senderName", "web", "contact"):
            yield from _too_long(info, name, LONGEST_SAID)


def _too_long(info: Element, name: str, most: int) -> Iterator[Fault]:
    element = info.first(name)
    if element is not None and len(element.text) > most:
        yield _fault(element.place, f"It must have at most {most} characters.")
    elif element is not None and _UNSAID.search(element.text):
        yield _fault(element.place, "It must have no control characters.")


def _target(root: Element, wanted: Wanted) -> Target:
    if wanted.target is not None:
        return wanted.target
    found: list[str] = []
    for info in root.all("info"):
        for area in info.all("area"):
            codes = [
                (_said(each, "valueName"), _said(each, "value")) for each in area.all("geocode")
            ]
            regions = regions_of(codes)
            if not regions:
                message = (
                    "Its geocodes don't name whole states or countries, by which contacts are "
                    "known. Say in the query who is meant: regions=US-CA or segment=…."
                )
                raise Refusal("unknown_area", message, Fault(area.place, "unknown_area", message))
            found += regions
    if not found:
        message = "It has no area. Say in the query who is meant: regions=US-CA or segment=…."
        raise Refusal("unknown_area", message, Fault("/alert/info[1]", "unknown_area", message))
    return Target(tuple(dict.fromkeys(found)))


def _info(info: Element) -> Info:
    return Info(
        language=_locale(_said(info, "language") or "en-US"),
        event=_said(info, "event"),
        urgency=Urgency(_said(info, "urgency")),
        severity=Severity(_said(info, "severity")),
        certainty=Certainty(_said(info, "certainty")),
        categories=tuple(dict.fromkeys(Category(each.text) for each in info.all("category"))),
        headline=_said(info, "headline") or None,
        description=_said(info, "description") or None,
        instruction=_said(info, "instruction") or None,
        sender_name=_said(info, "senderName") or None,
        web=_said(info, "web") or None,
        contact=_said(info, "contact") or None,
        areas=tuple(_said(each, "areaDesc") for each in info.all("area")),
        resources=tuple(
            Resource(
                _said(each, "resourceDesc"), _said(each, "mimeType"), _said(each, "uri") or None
            )
            for each in info.all("resource")
        ),
    )


def _referred(root: Element) -> Iterator[Identity]:
    """`sender,identifier,sent`, with spaces between: CAP 1.2, 3.2.1."""
    element = root.first("references")
    for each in element.text.split() if element is not None else ():
        parts = each.split(",")
        try:
            sender, identifier, sent = parts
            yield Identity(sender, identifier, to_milliseconds(datetime.fromisoformat(sent)))
        except (ValueError, TypeError, OverflowError):
            message = "It must be sender,identifier,sent of each alert, with spaces between."
            raise _refusal([_fault("/alert/references[1]", message)]) from None


def _expires(root: Element) -> datetime:
    """The last of all; without any, a day from when it was sent."""
    ends = [_instant(each, "expires") for each in root.all("info") if each.first("expires")]
    return max(ends) if ends else _instant(root, "sent") + USUAL_LIFE


def _instant(element: Element, name: str) -> datetime:
    return to_milliseconds(datetime.fromisoformat(_said(element, name)))


def _said(element: Element, name: str) -> str:
    child = element.first(name)
    return child.text if child is not None else ""


def _named(element: Element) -> tuple[str, str]:
    return _said(element, "valueName"), _said(element, "value")


def _url(resource: Element) -> str | None:
    """Where people see it themselves; what is of another scheme, or in the alert, is no link."""
    uri = _said(resource, "uri")
    return uri if _URL.fullmatch(uri) else None


def _locale(tag: str) -> str:
    """A language tag as we write them: `en-US`, however the alert writes it."""
    language, *rest = tag.replace("_", "-").split("-")
    return "-".join((language.lower(), *(_part(each) for each in rest)))


def _part(part: str) -> str:
    return part.title() if len(part) == len("Latn") else part.upper()


def _fault(place: str, message: str) -> Fault:
    return Fault(place, "invalid_cap", message)


def _refusal(faults: list[Fault]) -> Refusal:
    first = faults[0]
    return Refusal("invalid_cap", f"{first.pointer}: {first.message}", *faults[:50])
