"""JSON that was saved of Pinpoint: what of it becomes a template, and what is only told."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outbound_client.pinpoint.handlebars import converted
from outbound_client.pinpoint.paths import NotCarried

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TEMPLATES = ("EmailTemplateResponse", "SMSTemplateResponse", "VoiceTemplateResponse")
OTHERS = {
    "PushNotificationTemplateResponse": "push template",
    "InAppTemplateResponse": "in-app template",
    "SegmentResponse": "segment",
    "CampaignResponse": "campaign",
    "JourneyResponse": "journey",
}
LISTS = {
    "TemplatesResponse": "name of a template",
    "SegmentsResponse": "segment",
    "CampaignsResponse": "campaign",
    "JourneysResponse": "journey",
}
HINTS = {
    "segment": "say it as an expression: outbound's PUT /v1/segments/{id}",
    "campaign": "make it anew: POST /v1/campaigns",
    "journey": "journeys have no counterpart",
    "push template": "there is no channel for it",
    "in-app template": "there is no channel for it",
    "name of a template": "save what it says: aws pinpoint get-email-template, get-sms-template …",
}


@dataclass(frozen=True, slots=True)
class Carried:
    """A template, as Outbound takes it."""

    id: str
    name: str
    channels: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Left:
    """What isn't carried, and why."""

    kind: str
    name: str
    reason: str


def read_saved(text: str) -> list[Carried | Left] | None:
    """What a file holds; None where it is none of Pinpoint's answers."""
    try:
        document = json.loads(text)
    except ValueError:
        return None
    if not isinstance(document, dict):
        return None
    found = list(_found(document))
    return found or None


def together(found: Iterable[Carried]) -> tuple[list[Carried], list[Left]]:
    """Templates by their id: those of one name, for different channels, are one here."""
    carried: dict[str, Carried] = {}
    left: list[Left] = []
    for each in found:
        before = carried.get(each.id)
        if before is None:
            carried[each.id] = each
        elif before.channels.keys().isdisjoint(each.channels):
            carried[each.id] = replace(before, channels={**before.channels, **each.channels})
        elif before != each:
            reason = f"another has the id {each.id} here, and says something for the same channel"
            left.append(Left("template", each.name, reason))
    return list(carried.values()), left


def _found(document: Mapping[str, Any]) -> Iterator[Carried | Left]:
    for name in TEMPLATES:
        if isinstance(document.get(name), dict):
            yield _template(name, document[name])
    for name, kind in OTHERS.items():
        if isinstance(document.get(name), dict):
            yield _left(kind, document[name])
    for name, kind in LISTS.items():
        if isinstance(document.get(name), dict):
            items = document[name].get("Item")
            yield from (_left(kind, each) for each in (items if isinstance(items, list) else ()))


def _left(kind: str, said: Any) -> Left:
    said = said if isinstance(said, dict) else {}
    name = said.get("Name") or said.get("TemplateName") or said.get("Id") or "?"
    return Left(kind, str(name), HINTS[kind])


def _template(kind: str, said: Mapping[str, Any]) -> Carried | Left:
    name = str(said.get("TemplateName") or "template")
    try:
        defaults = _defaults(said.get("DefaultSubstitutions"))
        channels = {
            "EmailTemplateResponse": _email,
            "SMSTemplateResponse": _sms,
            "VoiceTemplateResponse": _voice,
        }[kind](said, defaults)
    except NotCarried as reason:
        return Left(f"{kind.removesuffix('TemplateResponse').lower()} template", name, str(reason))
    return Carried(_id(name), name, channels)


def _email(said: Mapping[str, Any], defaults: Mapping[str, str]) -> dict[str, dict[str, str]]:
    if said.get("Headers"):
        raise NotCarried("headers of its own have no counterpart")
    parts = {"subject": "Subject", "html": "HtmlPart", "text": "TextPart"}
    bodies = {
        ours: converted(str(said[theirs]), defaults)
        for ours, theirs in parts.items()
        if said.get(theirs)
    }
    if "subject" not in bodies or not bodies.keys() & {"html", "text"}:
        raise NotCarried("an email needs a subject, and HTML or text: add them to the file")
    return {"email": bodies}


def _sms(said: Mapping[str, Any], defaults: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {"sms": {"text": converted(str(said.get("Body") or ""), defaults)}}


def _voice(said: Mapping[str, Any], defaults: Mapping[str, str]) -> dict[str, dict[str, str]]:
    body = converted(str(said.get("Body") or ""), defaults)
    content = {"ssml" if body.lstrip().startswith("<speak") else "text": body}
    if said.get("VoiceId"):
        content["voice"] = str(said["VoiceId"]).upper()
    if said.get("LanguageCode"):
        content["locale"] = str(said["LanguageCode"])
    return {"voice": content}


def _defaults(text: Any) -> Mapping[str, str]:
    if not text:
        return {}
    try:
        found = json.loads(text) if isinstance(text, str) else text
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotCarried("its DefaultSubstitutions are no JSON object")
    return {str(name): str(value) for name, value in found.items()}


def _id(name: str) -> str:
    plain = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_")
    return plain[:64] or "template"
