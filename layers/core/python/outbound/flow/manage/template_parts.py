"""The parts of a template: what its bodies extend and include, and what that does in turn."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.content import Content
from outbound.domain.errors import Fault, Refusal
from outbound.domain.template import ANY_LOCALE, Part
from outbound.flow.content_check import template_refusal
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outbound.domain.template import Template
    from outbound.domain.words import Channel
    from outbound.ports import Renderer, Templates

    Contents = Mapping[str, Mapping[Channel, Content]]

MOST = 20
DEEPEST = 5
"""Parts within each other; the renderer allows no more either."""


def places(template: Template) -> Iterator[tuple[str, Content]]:
    """Each content of a template, and where in the request it stands."""
    for channel, content in template.contents.items():
        yield f"/channels/{channel}", content
    for locale, contents in template.translations.items():
        for channel, content in contents.items():
            yield f"/locales/{locale}/{channel}", content


def gather(draft: Template, templates: Templates, renderer: Renderer) -> Mapping[str, Part]:
    """The published versions of all parts, with the bodies that are asked of them.

    Raises:
        Refusal: a part isn't there, lacks the body, or leads round in a circle.
    """
    search = _Search(draft, templates, renderer, parts=dict(draft.parts))
    for pointer, content in places(draft):
        search.follow(pointer, content, (draft.id,))
    search.work_off()
    if search.faults:
        raise Refusal(search.faults[0].code, search.faults[0].message, *search.faults)
    return {name: part for name, part in sorted(search.parts.items()) if part.sources}


@dataclass(slots=True)
class _Search:
    draft: Template
    templates: Templates
    renderer: Renderer
    faults: list[Fault] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    _found: dict[str, Template | None] = field(default_factory=dict)
    _waiting: deque[tuple[str, Channel, str, tuple[str, ...]]] = field(default_factory=deque)
    _seen: set[tuple[str, Channel, str, tuple[str, ...]]] = field(default_factory=set)

    def follow(self, pointer: str, content: Content, path: tuple[str, ...]) -> None:
        """Put on the list what the bodies of a content name."""
        for body, source in content.bodies.items():
            try:
                one = Content(content.channel, {body: source})
                named = self.renderer.references(one)[body]
            except TemplateFault as fault:
                self.faults += template_refusal(fault, pointer).faults
                continue
            for name in sorted(named):
                step = (f"{pointer}/{body}", content.channel, body, (*path, name))
                if step not in self._seen:
                    self._seen.add(step)
                    self._waiting.append(step)

    def work_off(self) -> None:
        """Take up what is on the list, and what it leads to."""
        while self._waiting and not self.faults:
            pointer, channel, body, path = self._waiting.popleft()
            self._take(pointer, channel, body, path)

    def _take(self, pointer: str, channel: Channel, body: str, path: tuple[str, ...]) -> None:
        name = path[-1]
        if name in path[:-1]:
            self._refuse(pointer, f"Layouts and parts go round in a circle: {', '.join(path)}.")
            return
        if len(path) > DEEPEST + 1:
            self._refuse(pointer, f"Layouts and parts lie at most {DEEPEST} deep.")
            return
        part = self._part(name)
        if part is None:
            self._refuse(pointer, f"No template has the id {name} and a version that is published.")
            return
        sources = self._sources(part, channel, body)
        if ANY_LOCALE not in sources:
            self._refuse(pointer, f"The template {name} has no {body} for {channel}.")
            return
        taken = self.parts.get(name, Part(part.version, {}))
        self.parts[name] = _with(taken, channel, body, sources)
        if len(self.parts) > MOST:
            self._refuse(pointer, f"A template has at most {MOST} layouts and parts.")
            return
        base = pointer.rpartition("/")[0]
        for source in sources.values():
            self.follow(base, Content(channel, {body: source}), path)

    def _part(self, name: str) -> Template | None:
        if name not in self._found:
            self._found[name] = self.templates.get(self.draft.tenant, name)
        return self._found[name]

    def _sources(self, part: Template, channel: Channel, body: str) -> dict[str, str]:
        contents: Contents = {ANY_LOCALE: part.contents, **part.translations}
        return {
            locale: each[channel].bodies[body]
            for locale, each in contents.items()
            if channel in each and body in each[channel].bodies
        }

    def _refuse(self, pointer: str, message: str) -> None:
        self.faults.append(Fault(pointer, "invalid_template", message))


def _with(part: Part, channel: Channel, body: str, sources: Mapping[str, str]) -> Part:
    taken = {locale: dict(each) for locale, each in part.sources.items()}
    for locale, source in sources.items():
        bodies = taken.setdefault(locale, {}).get(channel, {})
        taken[locale][channel] = {**bodies, body: source}
    return Part(part.version, taken)
