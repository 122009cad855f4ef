"""The composer: what authors write becomes what is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TypeVar

from outbound.adapters.composing import html
from outbound.adapters.composing.markup import canonical
from outbound.adapters.composing.plain import plain_text
from outbound.adapters.composing.tags import MarkupFault, put_away
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outbound.adapters.composing.tags import Tags

T = TypeVar("T")
LONGEST = 200_000
LONGEST_PREHEADER = 1_000
_EXTENDS = re.compile(r"\{%-?\s*extends\b")


@dataclass(frozen=True, slots=True)
class EmailComposer:
    """Composes with mrml and css-inline, both in Rust, neither with a way to files or networks."""

    def compose(
        self,
        bodies: Mapping[str, str],
        *,
        locale: str,
        partial: bool = False,
        layouts: Sequence[str] = (),
    ) -> Mapping[str, str]:
        """What is sent: html and text."""
        name = "mjml" if "mjml" in bodies else "html"
        preheader = _attempt("preheader", bodies.get("preheader", ""), _preheader)
        draft = _Draft(name == "mjml", locale, partial, layouts, preheader)
        markup, text = _attempt(name, bodies[name], draft.composed)
        return {"html": markup, "text": bodies.get("text", text)}


@dataclass(frozen=True, slots=True)
class _Draft:
    mjml: bool
    locale: str
    partial: bool
    layouts: Sequence[str]
    preheader: str

    def composed(self, source: str) -> tuple[str, str]:
        """The HTML, and the text that says the same."""
        tags = put_away(source)
        read = canonical(tags, mjml=self.mjml)
        markup = html.from_mjml(read, self.locale) if self.mjml else read
        text = tags.restored(plain_text(markup, tags))
        markup = self._finished(markup, tags)
        tags.check(read, markup)
        return self._opened(tags.restored(markup)), text

    def _finished(self, markup: str, tags: Tags) -> str:
        if any(_EXTENDS.match(tag.text) for tag in tags.tags):
            return html.inlined_fragment(markup, self.layouts, tags)
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
    tags = put_away(source)
    return tags.restored(escape(tags.markup, quote=False))


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
