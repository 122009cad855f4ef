"""What an alert says, in each of its languages: our words, or those of a template of the tenant's.

A template is filled in when the alert is made. What comes of it is as constant as our own words
are, so whoever approves the alert approves what is sent, and nothing is asked for when it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain.alert_text import LINK, contents, drill_label, literal, title
from outbound.domain.content import Content, TemplateRef
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.locale import Formatting, language
from outbound.domain.variable import faults_of, filled
from outbound.domain.words import Channel, Purpose
from outbound.flow.scope import message_view, scope_of
from outbound.ports import MissingVariable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.alert import AlertSettings, Info
    from outbound.domain.template import Template
    from outbound.flow.alerts.ports import AlertPorts

STANDS_FOR_LINK = "https://links.invalid/".ljust(60, "x")
"""What a template is filled in with, in the usual length of the alert's link."""
SAID_BY = {"event": "headline", "area": "areas", "action": "instruction"}
"""Which part of an alert a variable comes from, where they aren't named the same."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The version of the template that was taken, if one was, and what each information says."""

    template: TemplateRef | None
    contents: Mapping[Info, Mapping[Channel, Content]]


def worded(
    settings: AlertSettings, places: Mapping[Info, str], at: str, tenant: str, ports: AlertPorts
) -> Worded:
    """What an alert says; `at` is where its template is named, `places` where each information is.

    Raises:
        Refusal: there is no such template, or it can't be filled in.
    """
    if settings.template is None:
        return Worded(None, {info: contents(settings, info) for info in places})
    wanted = settings.template
    template = ports.templates.get(tenant, wanted.id, wanted.version or None)
    if template is None:
        message = "No template has this id and version, or none of it is published."
        raise refused_at(at, "unknown_template", message)
    if template.purpose is not Purpose.EMERGENCY:
        message = "Its template must be for the purpose emergency."
        raise refused_at(at, "wrong_purpose", message)
    said = {
        info: _said(template, settings, info, (at, place), ports) for info, place in places.items()
    }
    return Worded(TemplateRef(template.id, template.version), said)


def _said(
    template: Template,
    settings: AlertSettings,
    info: Info,
    places: tuple[str, str],
    ports: AlertPorts,
) -> Mapping[Channel, Content]:
    """Our words, in place of which stand those of the template where it speaks the language."""
    said = dict(contents(settings, info))
    for channel in said:
        content = template.content(channel, info.language)
        locale = template.locale_for(channel, info.language)
        if content is not None and language(locale) == language(info.language):
            said[channel] = _filled(content, template, settings, info, places, ports)
    return said


def _filled(
    content: Content,
    template: Template,
    settings: AlertSettings,
    info: Info,
    places: tuple[str, str],
    ports: AlertPorts,
) -> Content:
    at, place = places
    values = filled(_values(settings, info), template.variables)
    faults = faults_of(values, template.variables)
    if faults:
        raise _lacking(faults[0].pointer.rpartition("/")[2], faults[0].code, place)
    scope = scope_of(
        {**values, "organisation": ports.organisations.get(template.tenant).said()},
        contact={},
        message=message_view("", content.channel, Purpose.EMERGENCY),
        links={},
    )
    try:
        bodies = ports.renderer.render(content, scope, Formatting(info.language, None))
    except MissingVariable as missing:
        raise _lacking(missing.pointer.split("/")[1], "missing_variable", place) from None
    label = drill_label(settings.status, info.language)
    if label is not None and not all(label in body for body in bodies.values()):
        message = "A drill says that it is one wherever its template says {{ event }}."
        raise refused_at(at, "invalid_content", message)
    return Content(
        content.channel,
        {name: _constant(body) for name, body in bodies.items()},
        content.enclosed,
        content.voice,
        content.sender,
        content.smart_encoding,
    )


def _values(settings: AlertSettings, info: Info) -> Mapping[str, Any]:
    """What a template may say; what the alert doesn't have is missing."""
    label = drill_label(settings.status, info.language)
    values = {
        "event": ". ".join(part for part in (label, title(info)) if part),
        "area": "; ".join(info.areas),
        "action": info.instruction or info.description,
        "description": info.description,
        "sender_name": info.sender_name,
        "url": STANDS_FOR_LINK,
    }
    return {name: value for name, value in values.items() if value}


def _constant(body: str) -> str:
    return literal(body).replace(STANDS_FOR_LINK, LINK)


def _lacking(name: str, code: str, place: str) -> Refusal:
    message = f"The template asks for {name}, which the alert does not have"
    told = SAID_BY.get(name)
    message += f": say {told}." if told else "."
    return Refusal(code, message, Fault(place, code, message))
