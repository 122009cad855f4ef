"""The renderer: compiles each body once, renders it within bounds, names what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.utils import missing

from outbound.adapters.templates import bounds
from outbound.adapters.templates.compiled import Compiled, compiled, opening, outlines, references
from outbound.adapters.templates.environment import Absent, environment
from outbound.adapters.templates.formats import Unfit, unknown_in
from outbound.domain.locale import Formatting
from outbound.ports import MissingVariable, NoLink, TemplateFault, Uses

if TYPE_CHECKING:
    from outbound.domain.content import Content
    from outbound.ports import Path

PLAIN = Formatting()


class JinjaRenderer:
    """Jinja2, sandboxed, strict, bounded. HTML and SSML escape their variables, texts don't."""

    def __init__(self) -> None:
        self._last: tuple[Content, list[Compiled]] | None = None

    def check(self, content: Content) -> Uses:
        """Compile each body.

        Raises:
            TemplateFault: a body isn't a template that we allow.
        """
        bodies = _bodies(content)
        return Uses(
            {body.name: body.paths for body in bodies},
            localised=any(body.localised for body in bodies),
        )

    def references(self, content: Content) -> Mapping[str, frozenset[str]]:
        """The ids of the templates that each body extends or includes itself.

        Raises:
            TemplateFault: a body isn't a template that we allow.
        """
        return {name: references(name, source) for name, source in content.bodies.items()}

    def preheader(self, content: Content) -> frozenset[Path] | None:
        """What the hidden text at the beginning of the html asks for; None where there is none.

        Raises:
            TemplateFault: the html isn't a template that we allow.
        """
        source = content.bodies.get("html")
        return None if source is None else opening("html", source, _parts(content, "html"))

    def unknown_in(self, locale: str) -> str | None:
        """What of a locale nobody has: its `language` or its `region`; None where it is right."""
        return unknown_in(locale)

    def outlines(
        self, content: Content, known: Mapping[str, Any], examples: Mapping[str, Any], most: int
    ) -> Sequence[Mapping[str, str]]:
        """What the bodies say as far as that is known: of what isn't, its name in brackets.

        Raises:
            TemplateFault: a body isn't a template that we allow.
        """
        bodies = {name: (each, _parts(content, name)) for name, each in content.bodies.items()}
        return outlines(bodies, known, examples, most)

    def render(
        self, content: Content, scope: Mapping[str, Any], formatting: Formatting | None = None
    ) -> Mapping[str, str]:
        """The bodies with what the scope holds in them; bounds hold for each body.

        Raises:
            MissingVariable: a variable has no value.
            TemplateFault: a body isn't allowed, or passes a bound.
        """
        values = dict(scope)
        whose = formatting or PLAIN
        if self._last is None or self._last[0] is not content:
            self._last = content, _bodies(content)
        return {body.name: _render(body, values, whose) for body in self._last[1]}


def _bodies(content: Content) -> list[Compiled]:
    return [
        compiled(name, source, _parts(content, name)) for name, source in content.bodies.items()
    ]


def _parts(content: Content, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((part, had[name]) for part, had in content.parts.items() if name in had)


def _render(body: Compiled, scope: dict[str, Any], formatting: Formatting) -> str:
    bounds.begin(formatting, escaped=body.escaped)
    try:
        return _written(body, scope)
    except Absent as absent:
        place = _place(scope, absent.holder) if absent.holder is not missing else ""
        pointer = f"{place}/{absent.name.replace('~', '~0').replace('/', '~1')}"
        raise MissingVariable(pointer[1:].replace("/", "."), pointer) from None
    except bounds.TooMuch as error:
        message = f"{body.name} can't be rendered: {error}."
        raise TemplateFault(body.name, message, code="template_bounds") from None
    except NoLink as error:
        message = f"{body.name} can't be rendered: {error}."
        raise TemplateFault(body.name, message, code="invalid_link") from None
    except Unfit as error:
        raise TemplateFault(body.name, f"{body.name} can't be rendered: {error}.") from None
    except SecurityError:
        message = f"{body.name} reaches for something that templates may not use."
        raise TemplateFault(body.name, message) from None
    except Exception as error:
        # Whatever else a template provokes (1/0, "a"|abs) is its own fault. The text of such an
        # error may hold personal values, its type doesn't.
        message = f"{body.name} fails when it is rendered: {type(error).__name__}."
        raise TemplateFault(body.name, message) from None


def _written(body: Compiled, scope: dict[str, Any]) -> str:
    left = bounds.OUTPUT
    chunks = []
    for chunk in body.write(Context(environment(body.escaped), scope, body.name, {})):
        left -= len(chunk) if chunk.isascii() else len(chunk.encode(errors="surrogatepass"))
        if left < 0:
            raise bounds.TooMuch(f"it gives more than {bounds.OUTPUT} bytes")
        chunks.append(chunk)
    return "".join(chunks)


def _place(value: Any, holder: object) -> str:
    """The JSON pointer of `holder`, an object inside `value`; the first if it stands in several."""
    if value is holder:
        return ""
    children: list[tuple[Any, Any]] = []
    if isinstance(value, Mapping):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    for key, child in children:
        if isinstance(child, Mapping | list):
            below = _place(child, holder)
            if below or child is holder:
                return f"/{key}{below}"
    return ""
