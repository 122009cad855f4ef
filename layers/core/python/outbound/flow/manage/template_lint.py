"""Linting a template: as far as its bodies are known without their data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from outbound.domain.errors import Fault, Refusal
from outbound.domain.lint import Draft, Finding, Severity, lint
from outbound.domain.words import Channel
from outbound.flow.links import placeholders
from outbound.flow.manage.composing import found_as_written
from outbound.flow.manage.template_check import sensitive
from outbound.flow.manage.template_parts import places
from outbound.flow.organisation import ORGANISATION
from outbound.flow.scope import LINKS, MESSAGE, SOME_ID, message_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from outbound.domain.content import Content
    from outbound.domain.organisation import Organisation
    from outbound.domain.template import Template
    from outbound.domain.words import Purpose
    from outbound.ports import Renderer

WAYS, FEWEST_WAYS = 16, 2
READ = 600_000
"""Characters of a template's bodies that are read in all ways together: three seconds at most."""


def lint_template(
    template: Template, organisation: Organisation, renderer: Renderer
) -> tuple[Finding, ...]:
    """The warnings about a template; partials are looked at where they are used.

    Raises:
        Refusal: it breaks a rule that keeps it from being sent.
    """
    if template.purpose is None:
        return ()
    examples, most = _examples(template), _ways(template)
    found: list[Finding] = []
    for pointer, content in places(template):
        first, *others = (
            lint(
                Draft(
                    channel=content.channel,
                    purpose=template.purpose,
                    bodies=bodies,
                    place=pointer,
                    organisation=organisation,
                    locale=_locale(pointer, template),
                    exact=False,
                    opt_outs=tuple(placeholders().values()),
                )
            )
            for bodies in renderer.outlines(
                content, _known(template.purpose, content.channel, organisation), examples, most
            )
        )
        found += [*first, *_otherwise(first, others)]
        found += _disclosed(template, content, pointer, renderer)
    found += _unread(template, renderer)
    looked_at = found_as_written(found, template)
    check(looked_at)
    return looked_at


def _otherwise(first: Iterable[Finding], others: Iterable[Iterable[Finding]]) -> Iterator[Finding]:
    """What else is found where conditions turn out otherwise; each rule speaks once of a body."""
    told = {(each.rule, each.place, each.severity) for each in first}
    for found in others:
        new = [each for each in found if (each.rule, each.place, each.severity) not in told]
        told |= {(each.rule, each.place, each.severity) for each in new}
        for each in new:
            message = f"{each.message} Found in another branch of a condition."
            yield replace(each, message=message)


def _ways(template: Template) -> int:
    """In how many ways each content is read: fewer where there is much to read."""
    bodies = (body for _, content in places(template) for body in content.bodies.values())
    return min(WAYS, max(FEWEST_WAYS, READ // max(1, sum(map(len, bodies)))))


def _disclosed(
    template: Template, content: Content, pointer: str, renderer: Renderer
) -> Iterator[Finding]:
    """Without a preheader, lists of mail show how an email begins."""
    if content.channel is not Channel.EMAIL or renderer.preheader(content) is not None:
        return
    paths = renderer.check(content).paths
    for body in ("html", "text"):
        names = sensitive(template, paths.get(body, ()))
        if names:
            message = (
                f"The email uses {names[0]}, which is sensitive, and has no preheader: lists of "
                "mail show its beginning beside the subject."
            )
            yield Finding("email.preheader", Severity.WARNING, f"{pointer}/{body}", message)
            return


def _unread(template: Template, renderer: Renderer) -> Iterator[Finding]:
    """A slip in a locale would keep everybody from what is written for it."""
    places = {"/locale": template.locale}
    places |= {f"/locales/{locale}": locale for locale in template.translations}
    for place, locale in places.items():
        what = renderer.unknown_in(locale)
        if what is not None:
            message = f"This locale has a {what} that we don't know; write it like en-GB or ja."
            yield Finding("locale", Severity.WARNING, place, message)


def check(found: Iterable[Finding]) -> None:
    """Raises Refusal where a finding is an error."""
    faults = [
        Fault(each.place, each.rule, each.message + (f" ({each.source})" if each.source else ""))
        for each in found
        if each.severity is Severity.ERROR
    ]
    if faults:
        raise Refusal("broken_rule", faults[0].message, *faults)


def _locale(pointer: str, template: Template) -> str:
    _, where, locale, *_ = pointer.split("/")
    return locale if where == "locales" else template.locale


def _known(purpose: Purpose, channel: Channel, organisation: Organisation) -> Mapping[str, Any]:
    return {
        ORGANISATION: organisation.said(),
        LINKS: placeholders() if channel is Channel.EMAIL else None,
        MESSAGE: message_view(SOME_ID, channel, purpose),
    }


def _examples(template: Template) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for name, variable in template.variables.items():
        value = variable.default if variable.example is None else variable.example
        if value is not None:
            values[name] = value
    return values
