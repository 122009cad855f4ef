"""The layouts of emails in MJML, found before anything is compiled: only a whole one can be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.domain.content import Content
from outbound.domain.errors import Fault, Refusal
from outbound.domain.template import ANY_LOCALE, Part, put_together
from outbound.domain.words import Channel
from outbound.flow.content_check import template_refusal
from outbound.flow.manage.template_parts import DEEPEST
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.template import Template
    from outbound.ports import Composer, Renderer, Templates

MJML = "mjml"


def framed(
    draft: Template, templates: Templates, composer: Composer, renderer: Renderer
) -> Template:
    """The template with the published layouts that its MJML extends, as they were written.

    Raises:
        Refusal: one isn't there or isn't MJML, or they go round in a circle.
    """
    search = _Search(draft, templates, composer, renderer)
    search.follow_all("/channels", draft.contents, draft.locale)
    for locale, contents in draft.translations.items():
        search.follow_all(f"/locales/{locale}", contents, locale)
    if search.faults:
        raise Refusal(search.faults[0].code, search.faults[0].message, *search.faults)
    return put_together(replace(draft, parts=search.parts)) if search.parts else draft


def unframed(draft: Template) -> Template:
    """The template without what its layouts were written as, which nobody asks for any more."""
    parts = {
        name: replace(
            part,
            sources={
                locale: {
                    channel: {name: source for name, source in bodies.items() if name != MJML}
                    for channel, bodies in contents.items()
                }
                for locale, contents in part.sources.items()
            },
        )
        for name, part in draft.parts.items()
    }
    return put_together(replace(draft, parts=parts))


@dataclass(slots=True)
class _Search:
    draft: Template
    templates: Templates
    composer: Composer
    renderer: Renderer
    parts: dict[str, Part] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def follow_all(self, pointer: str, contents: Mapping[Channel, Content], locale: str) -> None:
        """Find the layouts of the email among these contents."""
        source = contents[Channel.EMAIL].bodies.get(MJML) if Channel.EMAIL in contents else None
        if source is None:
            return
        try:
            objection = self._follow(source, locale)
        except TemplateFault as fault:
            self.faults += template_refusal(fault, f"{pointer}/{Channel.EMAIL}").faults
            return
        if objection is not None:
            place = f"{pointer}/{Channel.EMAIL}/{MJML}"
            self.faults.append(Fault(place, "invalid_template", objection))

    def _follow(self, source: str, locale: str) -> str | None:
        """Take up layout after layout; what is wrong with one."""
        self.renderer.references(Content(Channel.EMAIL, {MJML: source}))
        path = [self.draft.id]
        while (name := self.composer.layout_of(source)) is not None:
            if name in path:
                return f"Layouts and parts go round in a circle: {', '.join((*path, name))}."
            path.append(name)
            if len(path) > DEEPEST + 1:
                return f"Layouts and parts lie at most {DEEPEST} deep."
            part = self._part(name)
            if part is None:
                return f"No template has the id {name} and a version that is published."
            nearest = part.bodies(Channel.EMAIL, locale).get(MJML)
            if nearest is None:
                return f"The template {name} has no mjml for email; what extends it is html."
            source = nearest
        return None

    def _part(self, name: str) -> Part | None:
        if name not in self.parts:
            template = self.templates.get(self.draft.tenant, name)
            if template is None:
                return None
            contents = {ANY_LOCALE: template.contents, **template.translations}
            sources = {
                locale: {Channel.EMAIL: {MJML: each[Channel.EMAIL].written[MJML]}}
                for locale, each in contents.items()
                if Channel.EMAIL in each and MJML in each[Channel.EMAIL].written
            }
            self.parts[name] = Part(template.version, sources)
        return self.parts[name]
