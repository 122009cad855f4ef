"""The template language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.content import Content
    from outbound.domain.locale import Formatting

Path = tuple[str, ...]
LINKING = "#links"
"""Where in the scope the maker of links is, `flow/shortening.py`: no template can name it."""


class MissingVariable(Exception):
    """A template names a variable that the data lacks; `pointer` is its place in the data."""

    def __init__(self, name: str, pointer: str):
        super().__init__(f"no value for {name}")
        self.name = name
        self.pointer = pointer


class TemplateFault(Exception):
    """A template that is wrong, forbidden or too large; `body` names which of the bodies."""

    def __init__(self, body: str, message: str, *, code: str = "invalid_template"):
        super().__init__(message)
        self.body = body
        self.message = message
        self.code = code


class NoLink(Exception):
    """A link that can't be made; the text says what can be linked, and nothing of the value."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What bodies ask for: paths into the scope, by body: {"text": {("contact", "locale")}}.

    `localised`: they write days, amounts or plurals as somebody's locale and zone want them.
    """

    paths: Mapping[str, frozenset[Path]]
    localised: bool


class Renderer(Protocol):
    """The template language."""

    def check(self, content: Content) -> Uses:
        """Compile each body.

        Raises:
            TemplateFault: a body isn't a template that we allow.
        """
        ...

    def references(self, content: Content) -> Mapping[str, frozenset[str]]:
        """The ids of the templates that each body extends or includes itself.

        Raises:
            TemplateFault: a body isn't a template that we allow.
        """
        ...

    def preheader(self, content: Content) -> frozenset[Path] | None:
        """What the hidden text at the beginning of the html asks for; None where there is none.

        Lists of mail show it beside the subject.

        Raises:
            TemplateFault: as for `check`.
        """
        ...

    def unknown_in(self, locale: str) -> str | None:
        """What of a locale nobody has: its `language` or its `region`; None where it is right."""
        ...

    def outlines(
        self, content: Content, known: Mapping[str, Any], examples: Mapping[str, Any], most: int
    ) -> Sequence[Mapping[str, str]]:
        """What the bodies say as far as that is known: `[day]` is what isn't.

        At most so many different texts, for the ways in which conditions may turn out that what is
        `known` doesn't settle (None says of something that it isn't there). In the first each leads
        to its first branch. `examples` say how a variable may be written, not how it is.

        Raises:
            TemplateFault: as for `check`.
        """
        ...

    def render(
        self, content: Content, scope: Mapping[str, Any], formatting: Formatting | None = None
    ) -> Mapping[str, str]:
        """The bodies with what the scope holds in them; each body is compiled once.

        Raises:
            MissingVariable: a variable has no value; it is never rendered as nothing.
            TemplateFault: as for `check`, or the rendering took too many steps or bytes.
        """
        ...
