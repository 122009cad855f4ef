"""The composer: what authors write becomes what is sent."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TypeVar

from outbound.adapters.composing import html
from outbound.adapters.composing.frames import framed, layout_of
from outbound.adapters.composing.markup import canonical
from outbound.adapters.composing.pieces import MarkupFault, pieces
from outbound.adapters.composing.plain import plain_text
from outbound.adapters.composing.tags import put_away
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outbound.adapters.composing.tags import Tags

    Parts = Mapping[str, Mapping[str, str]]

T = TypeVar("T")
LONGEST = 200_000
LONGEST_PREHEADER = 1_000


@dataclass(frozen=True, slots=True)
class EmailComposer:
    """Composes with mrml and css-inline, both in Rust, neither with a way to files or networks."""

    def compose(
        self,
        bodies: Mapping[str, str],
        *,
        locale: str,
        partial: bool = False,
        parts: Parts | None = None,
    ) -> Mapping[str, str]:
        """What is sent: html and text."""
        name = "mjml" if "mjml" in bodies else "html"
        preheader = _attempt("preheader", bodies.get("preheader", ""), _preheader)
        draft = _Draft(name == "mjml", locale, partial, parts or {}, preheader)
        markup, text = _attempt(name, bodies[name], draft.composed)
        return {"html": markup, "text": bodies.get("text", text)}

    def layout_of(self, mjml: str) -> str | None:
        """The id of the template that an MJML document extends."""
        return _attempt("mjml", mjml, layout_of)


@dataclass(frozen=True, slots=True)
class _Draft:
    mjml: bool
    locale: str
    partial: bool
    parts: Parts
    preheader: str

    def composed(self, source: str) -> tuple[str, str]:
        """The HTML, and the text that says the same."""
        document, opened = pieces(source), False
        if self.mjml:
            document, opened = framed(document, self._of_parts("mjml"), self.preheader)
        tags = put_away(document)
        read = canonical(tags, mjml=self.mjml)
        markup = html.from_mjml(read, self.locale) if self.mjml else read
        text = tags.restored(plain_text(markup, tags, self._places(tags)))
        markup = self._finished(markup, tags)
        tags.check(read, markup)
        markup = tags.restored(markup)
        return markup if opened else self._opened(markup), text

    def _of_parts(self, body: str) -> Mapping[str, str]:
        return {name: bodies[body] for name, bodies in self.parts.items() if body in bodies}

    def _places(self, tags: Tags) -> frozenset[str] | None:
        """The blocks that the texts of its layouts have; None where they don't matter yet."""
        texts = self._of_parts("text").values()
        if not texts or not _extends(tags):
            return None
        return frozenset(name for text in texts for each in pieces(text) for name in each.block)

    def _finished(self, markup: str, tags: Tags) -> str:
        if _extends(tags):
            return html.inlined_fragment(markup, self._of_parts("html").values(), tags)
        if self.partial and not html.is_whole(markup):
            return markup
        return html.inlined(html.as_whole(markup, self.locale), keep_all=self.partial)

    def _opened(self, markup: str) -> str:
        if not self.preheader:
            return markup
        if html.is_whole(markup):
            return html.with_preheader(markup, self.preheader)
        return f"{markup}{{% block preheader %}}{self.preheader}{{% endblock %}}"


def _preheader(source: str) -> str:
    """A plain text, fit for HTML."""
    tags = put_away(pieces(source))
    return tags.restored(escape(tags.markup, quote=False))


def _extends(tags: Tags) -> bool:
    return any(tag.words[:1] == ("extends",) for tag in tags.tags)


def _attempt(name: str, source: str, work: Callable[[str], T]) -> T:
    limit = LONGEST_PREHEADER if name == "preheader" else LONGEST
    if len(source) > limit:
        message = f"{name} has {len(source)} characters; at most {limit} are allowed."
        raise TemplateFault(name, message, code="template_too_large")
    try:
        return work(source)
    except MarkupFault as fault:
        message = f"{name} can't be used, line {fault.line}: {fault.message}."
        raise TemplateFault(name, message, code="invalid_markup") from None
