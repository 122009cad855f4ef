"""Linting a template: as far as its bodies are known without their data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.domain.errors import Fault, Refusal
from outbound.domain.lint import Draft, Severity, lint
from outbound.flow.links import placeholders
from outbound.flow.manage.template_parts import places
from outbound.flow.organisation import ORGANISATION
from outbound.flow.scope import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.domain.lint import Finding
    from outbound.domain.organisation import Organisation
    from outbound.domain.template import Template
    from outbound.ports import Renderer


def lint_template(
    template: Template, organisation: Organisation, renderer: Renderer
) -> tuple[Finding, ...]:
    """The warnings about a template; partials are looked at where they are used.

    Raises:
        Refusal: it breaks a rule that keeps it from being sent.
    """
    if template.purpose is None:
        return ()
    known = _known(template, organisation)
    found: list[Finding] = []
    for pointer, content in places(template):
        draft = Draft(
            channel=content.channel,
            purpose=template.purpose,
            bodies=renderer.outline(content, known),
            place=pointer,
            organisation=organisation,
            locale=_locale(pointer, template),
            exact=False,
            opt_outs=tuple(placeholders().values()),
        )
        found += lint(draft)
    check(found)
    return tuple(found)


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


def _known(template: Template, organisation: Organisation) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for name, variable in template.variables.items():
        value = variable.default if variable.example is None else variable.example
        if value is not None:
            values[name] = value
    return {**values, ORGANISATION: organisation.said(), LINKS: placeholders()}
