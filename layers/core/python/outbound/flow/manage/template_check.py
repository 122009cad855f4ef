"""What must hold of a template before it is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.calendar import PREFIX
from outbound.domain.errors import Fault, Refusal
from outbound.domain.variable import objection
from outbound.domain.words import Channel
from outbound.flow.content_check import template_refusal
from outbound.flow.coupons import COUPON
from outbound.flow.manage.template_parts import places
from outbound.flow.scope import OURS
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.domain.content import Content
    from outbound.domain.sender import Senders
    from outbound.domain.template import Template
    from outbound.ports import Path, Renderer

LARGEST = 360_000
"""Bytes of all texts, those of the parts included: an item of DynamoDB has 400 KB."""
KNOWN = frozenset({*OURS, COUPON})
"""Names that nobody declares."""
GLANCED_AT = {
    Channel.SMS: frozenset({"text"}),
    Channel.VOICE: frozenset({"text", "ssml"}),
    Channel.EMAIL: frozenset({"subject", "preheader", f"{PREFIX}summary", f"{PREFIX}location"}),
}
"""What others see or hear: on a locked screen, in a list or a calendar, over a loudspeaker."""


def check(draft: Template, renderer: Renderer, senders: Senders) -> None:
    """Check a draft with its parts in it.

    Raises:
        Refusal: with all that is wrong.
    """
    faults = [*_misfits(draft), *_variables(draft)]
    for pointer, content in places(draft):
        if content.sender is not None:
            try:
                senders.choose(draft.tenant, content.sender, pointer)
            except Refusal as refusal:
                faults += refusal.faults
        try:
            uses = renderer.check(_with_preheader(content)).paths
        except TemplateFault as fault:
            faults += template_refusal(fault, pointer).faults
            continue
        faults += _uses(draft, content, uses, pointer)
        hidden = (renderer.preheader(content) or frozenset()) - uses.get("preheader", frozenset())
        faults += _hidden(draft, hidden, pointer)
    if faults:
        raise Refusal(faults[0].code, faults[0].message, *faults)
    if _size(draft) > LARGEST:
        message = f"The template has more than {LARGEST:,} bytes, those of its parts included."
        raise Refusal("template_too_large", message)


def _with_preheader(content: Content) -> Content:
    if "preheader" not in content.written:
        return content
    preheader = content.written["preheader"]
    return replace(content, bodies={**content.bodies, "preheader": preheader})


def _misfits(draft: Template) -> Iterable[Fault]:
    for locale, contents in draft.translations.items():
        for channel in contents:
            if channel not in draft.contents:
                message = f"channels must have {channel} too: it is for all other locales."
                yield Fault(f"/locales/{locale}/{channel}", "invalid_template", message)


def _variables(draft: Template) -> Iterable[Fault]:
    for name, variable in draft.variables.items():
        if name in OURS:
            message = f"variables must not have {name}: {OURS[name]}."
            yield Fault(f"/variables/{name}", "reserved_name", message)
        for what in ("default", "example"):
            value = getattr(variable, what)
            wanted = objection(value, variable.type) if value is not None else None
            if wanted is not None:
                message = f"{what} must be {wanted}, as the variable's type says."
                yield Fault(f"/variables/{name}/{what}", "invalid_template", message)


def _uses(
    draft: Template, content: Content, uses: Mapping[str, frozenset[Path]], pointer: str
) -> Iterable[Fault]:
    for body, paths in uses.items():
        names = sorted({path[0] for path in paths} - KNOWN)
        for name in names:
            variable = draft.variables.get(name)
            if variable is None:
                if draft.variables:
                    message = f"{body} uses {name}, which variables does not declare."
                    yield Fault(f"{pointer}/{body}", "invalid_template", message)
            elif variable.sensitive and body in GLANCED_AT[content.channel]:
                message = f"{body} uses {name}, which is sensitive: others may see or hear it."
                yield Fault(f"{pointer}/{body}", "sensitive_variable", message)


def _hidden(draft: Template, paths: Iterable[Path], pointer: str) -> Iterable[Fault]:
    """What the html hides at its beginning, by `mj-preview` or a block of its layout."""
    for name in sensitive(draft, paths):
        message = (
            f"The hidden text at the beginning uses {name}, which is sensitive: lists of mail "
            "show it beside the subject."
        )
        yield Fault(f"{pointer}/html", "sensitive_variable", message)


def sensitive(draft: Template, paths: Iterable[Path]) -> list[str]:
    """The sensitive variables among what is asked for."""
    names = {path[0] for path in paths} & draft.variables.keys()
    return sorted(name for name in names if draft.variables[name].sensitive)


def _size(draft: Template) -> int:
    texts = [
        *({**content.bodies, "written": content.written} for _, content in places(draft)),
        *(part.sources for part in draft.parts.values()),
    ]
    return len(json.dumps(texts, ensure_ascii=False).encode(errors="surrogatepass"))
