"""A template language of one form, `{{ name.of.variable }}`; `{%` is forbidden in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from outbound.ports import MissingVariable, TemplateFault

if TYPE_CHECKING:
    from outbound.domain.content import Content

_VARIABLE = re.compile(r"\{\{ *([a-z_.]+) *\}\}")


class MemoryRenderer:
    """Renders and refuses as the real one does."""

    def check(self, content: Content) -> None:
        for name, body in content.bodies.items():
            if "{%" in body:
                raise TemplateFault(name, "A statement is not allowed.", code="forbidden_template")
            if "{{" in _VARIABLE.sub("", body):
                raise TemplateFault(name, "A variable is not closed.")

    def render(self, content: Content, data: Mapping[str, Any]) -> Mapping[str, str]:
        self.check(content)
        return {
            name: _VARIABLE.sub(lambda match: str(_value(match[1], data)), body)
            for name, body in content.bodies.items()
        }


def _value(name: str, data: Mapping[str, Any]) -> Any:
    value: Any = data
    for step in name.split("."):
        if not isinstance(value, Mapping) or step not in value:
            raise MissingVariable(name, "/" + name.replace(".", "/"))
        value = value[step]
    return value
