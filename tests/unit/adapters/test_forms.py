"""Who writes a text of another form is told what would be right, in words."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from pydantic import Field, create_model

from outbound.adapters import api, imports
from outbound.adapters.api.forms import words_of
from outbound.adapters.api.reading import Model, read_value
from outbound.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

WRONG = ("", "\n", " ", "*\n*")


def _modules() -> Iterator[ModuleType]:
    for package in (api, imports):
        for each in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(each.name)


def _models(model: type[Model]) -> Iterator[type[Model]]:
    for each in model.__subclasses__():
        yield each
        yield from _models(each)


def _patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if schema.get("type") == "str" and "pattern" in schema:
            yield schema["pattern"]
        for name, each in schema.items():
            if name != "metadata":
                yield from _patterns(each)
    elif isinstance(schema, list | tuple):
        for each in schema:
            yield from _patterns(each)


def _all() -> list[str]:
    list(_modules())
    return sorted(
        {each for model in _models(Model) for each in _patterns(model.__pydantic_core_schema__)}
    )


PATTERNS = _all()


def test_requests_have_forms() -> None:
    assert len(PATTERNS) > 30


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_refusal_says_in_words_what_is_right(pattern: str) -> None:
    model = create_model("Any", __base__=Model, field=(Annotated[str, Field(pattern=pattern)], ...))
    wrong = next(each for each in WRONG if not re.search(pattern, each))

    with pytest.raises(Refusal) as caught:
        read_value(model, {"field": wrong}, "")

    words = words_of(pattern)
    assert caught.value.faults[0].message == words
    assert pattern not in caught.value.detail
    assert words.startswith(("Must be ", "Must have "))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_it_gives_as_an_example_is_right(pattern: str) -> None:
    said = re.search(r"such as (.+?)\.$", words_of(pattern))

    assert said is not None
    examples = re.split(r", | or ", said[1])
    assert [each for each in examples if not re.search(pattern, each)] == []
