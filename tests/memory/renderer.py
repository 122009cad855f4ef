"""A template language of one form, `{{ name.of.variable }}`; `{%` is forbidden in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from outbound.ports import MissingVariable, TemplateFault, Uses

if TYPE_CHECKING:
    from outbound.domain.content import Content
    from outbound.domain.locale import Formatting

_VARIABLE = re.compile(r"\{\{ *([a-z_.]+) *\}\}")


class MemoryRenderer:
    """Renders and refuses as the real one does."""

    def check(self, content: Content) -> Uses:
        self.references(content)
        paths = {
            name: frozenset(tuple(each.split(".")) for each in _VARIABLE.findall(body))
            for name, body in content.bodies.items()
        }
        return Uses(paths, localised=False)

    def references(self, content: Content) -> Mapping[str, frozenset[str]]:
        for name, body in content.bodies.items():
            if "{%" in body:
                raise TemplateFault(name, "A statement is not allowed.", code="forbidden_template")
            if "{{" in _VARIABLE.sub("", body):
                raise TemplateFault(name, "A variable is not closed.")
        return dict.fromkeys(content.bodies, frozenset())

    def preheader(self, content: Content) -> frozenset[tuple[str, ...]] | None:
        return None

    def unknown_in(self, locale: str) -> str | None:
        return None

    def outlines(
        self, content: Content, known: Mapping[str, Any], examples: Mapping[str, Any], most: int
    ) -> Sequence[Mapping[str, str]]:
        values = {**examples, **known}
        named = {
            name: _VARIABLE.sub(lambda match: _named(match[1], values), body)
            for name, body in content.bodies.items()
        }
        return [named]

    def render(
        self, content: Content, scope: Mapping[str, Any], formatting: Formatting | None = None
    ) -> Mapping[str, str]:
        self.check(content)
        return {
            name: _VARIABLE.sub(lambda match: str(_value(match[1], scope)), body)
            for name, body in content.bodies.items()
        }


def _named(name: str, known: Mapping[str, Any]) -> str:
    try:
        return str(_value(name, known))
    except MissingVariable:
        return f"[{name}]"


def _value(name: str, data: Mapping[str, Any]) -> Any:
    value: Any = data
    for step in name.split("."):
        if not isinstance(value, Mapping) or step not in value:
            raise MissingVariable(name, "/" + name.replace(".", "/"))
        value = value[step]
    return value
