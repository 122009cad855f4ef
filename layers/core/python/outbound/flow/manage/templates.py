"""Templates: each `put` makes an immutable version; a message stays with the one it was given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.template import put_together
from outbound.flow.manage.composing import as_written, composed
from outbound.flow.manage.framing import framed, unframed
from outbound.flow.manage.template_check import check
from outbound.flow.manage.template_lint import lint_template
from outbound.flow.manage.template_parts import gather

if TYPE_CHECKING:
    from outbound.domain.key import ApiKey
    from outbound.domain.lint import Finding
    from outbound.domain.sender import Senders
    from outbound.domain.template import Head, Template
    from outbound.ports import (
        Clock,
        Composer,
        HeadPage,
        Organisations,
        Renderer,
        Templates,
        VersionPage,
    )


@dataclass(frozen=True, slots=True)
class TemplatePorts:
    """What the keeping of templates works with."""

    clock: Clock
    templates: Templates
    renderer: Renderer
    senders: Senders
    organisations: Organisations
    composer: Composer


@dataclass(frozen=True, slots=True)
class Stored:
    """A version, whether it is the published one, and what a look at it has found."""

    template: Template
    published: bool
    findings: tuple[Finding, ...] = ()


def put(draft: Template, ports: TemplatePorts, *, publish: bool = True) -> tuple[Stored, bool]:
    """The version that says what the draft says, and whether it is new.

    What the latest version says is not made twice. Parts are taken in their published version, and
    kept with the version: whatever becomes of them, it says what it said.

    Raises:
        Refusal: a body isn't a template that we allow, doesn't fit what the draft declares, or
            breaks a rule.
    """
    draft = framed(draft, ports.templates, ports.composer, ports.renderer)
    draft = composed(draft, ports.composer, ports.renderer)
    try:
        draft = _checked(draft, ports)
        found = _lint(draft, ports)
    except Refusal as refusal:
        raise as_written(refusal, draft) from None
    head = ports.templates.head(draft.tenant, draft.id)
    latest = ports.templates.get(draft.tenant, draft.id, head.latest) if head else None
    if head is None or latest is None or not latest.says(draft):
        return Stored(ports.templates.put(draft, publish=publish), publish, found), True
    published = head.published == latest.version
    if publish and not published:
        ports.templates.publish(draft.tenant, draft.id, latest.version, draft.created_at)
    return Stored(latest, published or publish, found), False


def _checked(draft: Template, ports: TemplatePorts) -> Template:
    parts = gather(draft, ports.templates, ports.renderer)
    draft = put_together(replace(draft, parts=parts))
    if parts:
        # Once more, with the styles of its layouts.
        draft = composed(draft, ports.composer, ports.renderer)
    check(draft, ports.renderer, ports.senders)
    return unframed(draft) if parts else draft


def get(template_id: str, version: int | None, key: ApiKey, ports: TemplatePorts) -> Stored:
    """A version, the latest by default.

    Raises:
        Refusal: the tenant has no such template or version.
    """
    head = _head(template_id, key, ports)
    return _stored(head, version or head.latest, key, ports)


def publish(template_id: str, version: int, key: ApiKey, ports: TemplatePorts) -> Stored:
    """Make a version, an earlier one too, the one that is sent where none is named.

    Raises:
        Refusal: the tenant has no such template or version, or by now it breaks a rule.
    """
    head = _head(template_id, key, ports)
    stored = _stored(head, version, key, ports)
    found = _lint(stored.template, ports)
    if not stored.published:
        ports.templates.publish(key.tenant, template_id, version, ports.clock.now())
    return replace(stored, published=True, findings=found)


def withdraw(template_id: str, key: ApiKey, ports: TemplatePorts) -> Head:
    """Publish no version any longer; what was accepted, and what names a version, still goes.

    Raises:
        Refusal: the tenant has no such template.
    """
    head = _head(template_id, key, ports)
    if head.published is None:
        return head
    ports.templates.publish(key.tenant, template_id, None, ports.clock.now())
    return _head(template_id, key, ports)


def heads(key: ApiKey, ports: TemplatePorts, *, limit: int, after: str | None) -> HeadPage:
    """The tenant's templates, in the order of their ids."""
    return ports.templates.heads(key.tenant, limit=limit, after=after)


def versions(
    template_id: str, key: ApiKey, ports: TemplatePorts, *, limit: int, before: int | None
) -> tuple[Head, VersionPage]:
    """The versions of a template, newest first, and which of them is published.

    Raises:
        Refusal: the tenant has no such template.
    """
    head = _head(template_id, key, ports)
    return head, ports.templates.versions(key.tenant, template_id, limit=limit, before=before)


def _head(template_id: str, key: ApiKey, ports: TemplatePorts) -> Head:
    head = ports.templates.head(key.tenant, template_id)
    if head is None:
        raise _unknown()
    return head


def _stored(head: Head, version: int, key: ApiKey, ports: TemplatePorts) -> Stored:
    template = ports.templates.get(key.tenant, head.id, version)
    if template is None:
        raise _unknown()
    return Stored(template, head.published == version)


def _unknown() -> Refusal:
    return Refusal("unknown_template_id", "There is no template with this id and version.")


def _lint(template: Template, ports: TemplatePorts) -> tuple[Finding, ...]:
    return lint_template(template, ports.organisations.get(template.tenant), ports.renderer)
