"""Emails of a template, composed before it is stored: what is sent, beside what was written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.content import Content
from outbound.domain.errors import Fault, Refusal
from outbound.domain.words import Channel
from outbound.flow.content_check import template_refusal
from outbound.flow.manage.template_parts import places
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from outbound.domain.lint import Finding
    from outbound.domain.template import Template
    from outbound.ports import Composer, Renderer

WRITTEN = ("mjml", "html", "preheader", "text")


def composed(draft: Template, composer: Composer, renderer: Renderer) -> Template:
    """The template with what is sent of its emails; from what was written, however often asked.

    Raises:
        Refusal: a body is no template, or no MJML or HTML that an email can have.
    """
    faults: list[Fault] = []
    partial = draft.purpose is None

    def one(content: Content, locale: str, pointer: str) -> Content:
        try:
            return _composed(content, locale, composer, renderer, partial=partial)
        except TemplateFault as fault:
            faults.extend(template_refusal(fault, pointer).faults)
            return content

    contents = _each(draft.contents, draft.locale, "/channels", one)
    translations = {
        locale: _each(content, locale, f"/locales/{locale}", one)
        for locale, content in draft.translations.items()
    }
    if faults:
        raise Refusal(faults[0].code, faults[0].message, *faults)
    return replace(draft, contents=contents, translations=translations)


def as_written(refusal: Refusal, draft: Template) -> Refusal:
    """A refusal that names what the author wrote, and not what was made of it."""
    moved, echoes = _origins(draft)
    found: list[Fault] = []
    for fault in refusal.faults:
        there = replace(fault, pointer=moved.get(fault.pointer, fault.pointer))
        echo = fault.pointer in echoes and any(each.pointer == there.pointer for each in found)
        if not echo and there not in found:
            found.append(there)
    return Refusal(refusal.code, refusal.detail, *found)


def found_as_written(findings: Iterable[Finding], draft: Template) -> tuple[Finding, ...]:
    """Findings in what the author wrote, each once though a text was made that says the same."""
    moved, _ = _origins(draft)
    found = {
        (each.rule, place, each.severity): replace(each, place=place)
        for each in findings
        for place in (moved.get(each.place, each.place),)
    }
    return tuple(found.values())


def _origins(draft: Template) -> tuple[Mapping[str, str], frozenset[str]]:
    """Of what composed bodies were made, and which of them say again what another says."""
    moved: dict[str, str] = {}
    echoes: set[str] = set()
    for pointer, content in places(draft):
        source = next((name for name in ("mjml", "html") if name in content.written), None)
        if source is not None:
            moved[f"{pointer}/html"] = f"{pointer}/{source}"
        if source is not None and "text" not in content.written:
            moved[f"{pointer}/text"] = f"{pointer}/{source}"
            echoes.add(f"{pointer}/text")
    return moved, frozenset(echoes)


def _each(
    contents: Mapping[Channel, Content],
    locale: str,
    pointer: str,
    one: Callable[[Content, str, str], Content],
) -> Mapping[Channel, Content]:
    return {
        channel: one(each, locale, f"{pointer}/{channel}") if channel is Channel.EMAIL else each
        for channel, each in contents.items()
    }


def _composed(
    content: Content, locale: str, composer: Composer, renderer: Renderer, *, partial: bool
) -> Content:
    written = content.written or {
        name: content.bodies[name] for name in WRITTEN if name in content.bodies
    }
    if "mjml" not in written and "html" not in written:
        return content
    for name, source in written.items():
        # What is composed has other lines: a fault must be found where its author can see it.
        renderer.references(Content(content.channel, {name: source}))
    made = composer.compose(written, locale=locale, partial=partial, parts=content.parts)
    others = {name: body for name, body in content.bodies.items() if name not in WRITTEN}
    return replace(content, bodies={**others, **made}, written=written)
