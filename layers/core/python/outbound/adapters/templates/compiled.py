"""A body that is compiled: with its parts, its counters, and what it asks for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from outbound.adapters.templates import language
from outbound.adapters.templates.assembly import Assembly, PartFault
from outbound.adapters.templates.conditions import bound_in, ways
from outbound.adapters.templates.environment import environment
from outbound.adapters.templates.outline import outline
from outbound.adapters.templates.uses import is_localised, paths_of
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from jinja2.runtime import Context

    from outbound.ports import Path

ESCAPED = frozenset({"html", "ssml"})
LONGEST = 200_000
TAGS = 2_000
Sources = tuple[tuple[str, str], ...]
"""The parts of a body, by id."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What renders a body."""

    name: str
    escaped: bool
    write: Callable[[Context], Iterator[str]]
    paths: frozenset[Path]
    localised: bool


@lru_cache(maxsize=512)
def compiled(name: str, source: str, parts: Sources = ()) -> Compiled:
    """A body, compiled once.

    Raises:
        TemplateFault: it isn't a template that we allow.
    """
    with_escapes = name in ESCAPED
    sandbox = environment(with_escapes)
    with _faults_of(name):
        tree = _tree(name, source, parts)
        tree.set_environment(sandbox)
        paths, localised = paths_of(tree), is_localised(tree)
        template = sandbox.from_string(language.counted(tree))
    return Compiled(name, with_escapes, template.root_render_func, paths, localised)


def outlines(
    bodies: Mapping[str, tuple[str, Sources]],
    known: Mapping[str, Any],
    examples: Mapping[str, Any],
    most: int,
) -> list[Mapping[str, str]]:
    """What bodies say as far as that is known, for ways in which conditions may turn out.

    Raises:
        TemplateFault: one isn't a template that we allow.
    """
    trees = {}
    for name, (source, parts) in bodies.items():
        with _faults_of(name):
            trees[name] = _tree(name, source, parts)
    own = bound_in(trees.values())
    sure = {name: value for name, value in known.items() if name not in own}
    values = {**examples, **sure}
    found: list[Mapping[str, str]] = []
    with _faults_of(next(iter(trees))):
        for way in ways(list(trees.values()), sure, most):
            texts = {
                name: outline(tree, values, way, escaped=name in ESCAPED)
                for name, tree in trees.items()
            }
            if texts not in found:
                found.append(texts)
    return found


def opening(name: str, source: str, parts: Sources) -> frozenset[Path] | None:
    """What the hidden text at the beginning of a body asks for; None where there is none.

    Raises:
        TemplateFault: it isn't a template that we allow.
    """
    # Nobody needs it to send: it is asked for when a template is stored.
    from outbound.adapters.templates.opening import hidden_opening

    with _faults_of(name):
        tree = _tree(name, source, parts)
        tree.set_environment(environment(name in ESCAPED))
        return hidden_opening(tree)


def references(name: str, source: str) -> frozenset[str]:
    """The ids of the templates that a body extends or includes itself.

    Raises:
        TemplateFault: it isn't a template that we allow.
    """
    _Budget(name).spend(source)
    with _faults_of(name):
        tree = language.check(environment(name in ESCAPED).parse(source))
    return frozenset(
        node.template.value
        for node, _ in language.walk(tree)
        if isinstance(node, nodes.Extends | nodes.Include)
        and isinstance(node.template, nodes.Const)
    )


def _tree(name: str, source: str, parts: Sources) -> nodes.Template:
    """A body with its parts, checked."""
    budget = _Budget(name)
    sandbox = environment(name in ESCAPED)

    def parse(text: str) -> nodes.Template:
        budget.spend(text)
        return language.check(sandbox.parse(text))

    return Assembly(dict(parts), parse).whole(parse(source))


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    """What is wrong with a body, as a fault of it."""
    try:
        yield
    except PartFault as fault:
        where = f"line {fault.error.lineno} of {fault.where}"
        raise TemplateFault(name, _invalid(name, fault.error, where)) from None
    except TemplateSyntaxError as error:
        raise TemplateFault(name, _invalid(name, error, f"line {error.lineno}")) from None
    except (RecursionError, SyntaxError, MemoryError, OverflowError):
        raise TemplateFault(name, _TOO_DEEP.format(name)) from None


_TOO_DEEP = "{} is not a valid template: it is nested too deeply or too large."


def _invalid(name: str, error: TemplateSyntaxError, where: str) -> str:
    return f"{name} is not a valid template, {where}: {error.message}."


class _Budget:
    """How long a body may be with all its parts, each as often as it stands there."""

    def __init__(self, name: str):
        self.name = name
        self.length = self.tags = 0

    def spend(self, source: str) -> None:
        self.length += len(source)
        self.tags += source.count("{{") + source.count("{%")
        if self.length > LONGEST:
            message = f"{self.name} has more than {LONGEST} characters with its parts."
            raise TemplateFault(self.name, message, code="template_too_large")
        if self.tags > TAGS:
            message = f"{self.name} has more than {TAGS} expressions and tags."
            raise TemplateFault(self.name, message, code="template_too_large")
