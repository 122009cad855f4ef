"""Templates: each `put` makes an immutable version; a message stays with the one it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Fault, Refusal
from outbound.flow.content_check import template_refusal
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.content import Content, Template
    from outbound.domain.key import ApiKey
    from outbound.domain.sender import Senders
    from outbound.domain.words import Channel, Purpose
    from outbound.ports import Clock, Renderer, Templates


@dataclass(frozen=True, slots=True)
class TemplatePorts:
    """What the keeping of templates works with."""

    clock: Clock
    templates: Templates
    renderer: Renderer
    senders: Senders


def put(
    template_id: str,
    purpose: Purpose,
    contents: Mapping[Channel, Content],
    key: ApiKey,
    ports: TemplatePorts,
) -> tuple[Template, bool]:
    """The version with this content, and whether it is new; the latest is not made twice.

    Raises:
        Refusal: a body isn't a template that we allow, or its email is from a foreign sender.
    """
    faults: list[Fault] = []
    for channel, content in contents.items():
        try:
            ports.renderer.check(content)
        except TemplateFault as fault:
            faults.extend(template_refusal(fault, f"/channels/{channel}").faults)
        if content.sender is not None:
            try:
                ports.senders.choose(key.tenant, content.sender, f"/channels/{channel}")
            except Refusal as refusal:
                faults.extend(refusal.faults)
    if faults:
        raise Refusal(faults[0].code, faults[0].message, *faults)
    latest = ports.templates.get(key.tenant, template_id)
    if latest and latest.purpose is purpose and dict(latest.contents) == dict(contents):
        return latest, False
    now = ports.clock.now()
    return ports.templates.put(key.tenant, template_id, purpose, contents, now), True


def get(template_id: str, version: int | None, key: ApiKey, ports: TemplatePorts) -> Template:
    """A version, the latest by default.

    Raises:
        Refusal: the tenant has no such template or version.
    """
    template = ports.templates.get(key.tenant, template_id, version)
    if template is None:
        raise Refusal("unknown_template_id", "There is no template with this id and version.")
    return template
