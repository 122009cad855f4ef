"""How the conditions of bodies may turn out, as far as that isn't known.

One that is asked twice, or asked and denied, turns out the same; what one condition says of another
isn't looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from outbound.adapters.templates.uses import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ALL_WAYS = 3
"""Of so many conditions all ways are looked at; of more, those where all or all but one agree."""
MOST = 16
NOWHERE = object()
"""What isn't there, in what is known."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what is `known` for sure, and what each other condition is taken to be."""

    known: Mapping[str, Any]
    taken: Mapping[str, bool]

    def holds(self, test: nodes.Node) -> bool:
        """Whether a condition does."""
        sure = _sure(test, self.known)
        if sure is not None:
            return sure
        condition, asked = _condition(test)
        return self.taken[condition] is asked


def ways(trees: Iterable[nodes.Node], known: Mapping[str, Any]) -> Sequence[Way]:
    """All of them, most where they are many; in the first each leads to its first branch."""
    first: dict[str, bool] = {}
    for test in (test for tree in trees for test in _tests(tree)):
        if _sure(test, known) is None:
            condition, asked = _condition(test)
            first.setdefault(condition, asked)
    if len(first) <= ALL_WAYS:
        both = product(*((holds, not holds) for holds in first.values()))
        return [Way(known, dict(zip(first, some, strict=True))) for some in both]
    other = {condition: not holds for condition, holds in first.items()}
    one_by_one = ({**first, condition: other[condition]} for condition in first)
    return [Way(known, some) for some in (first, other, *one_by_one)][:MOST]


def _tests(node: nodes.Node) -> Iterator[nodes.Node]:
    """What is asked in a tree, in the order in which it stands there."""
    if isinstance(node, nodes.If | nodes.CondExpr):
        yield node.test
    for child in node.iter_child_nodes():
        yield from _tests(child)


def _condition(test: nodes.Node) -> tuple[str, bool]:
    """What a condition asks, and whether it asks that it is so."""
    asked = True
    while isinstance(test, nodes.Not):
        test, asked = test.node, not asked
    return repr(test), asked


def _sure(test: nodes.Node, known: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds by what is known; None where that doesn't say it."""
    match test:
        case nodes.Not(node=inner):
            sure = _sure(inner, known)
            return None if sure is None else not sure
        case nodes.And(left=left, right=right):
            both = {_sure(left, known), _sure(right, known)}
            return False if False in both else None if None in both else True
        case nodes.Or(left=left, right=right):
            both = {_sure(left, known), _sure(right, known)}
            return True if True in both else None if None in both else False
        case nodes.Test(node=inner, name="defined" | "undefined" as asked):
            found = _value(inner, known)
            return None if found is None else (found[0] is NOWHERE) is (asked == "undefined")
        case nodes.Compare(expr=one, ops=[nodes.Operand(op=asked, expr=other)]):
            return _compared(_value(one, known), asked, _value(other, known))
    found = _value(test, known)
    return None if found is None else found[0] is not NOWHERE and bool(found[0])


def _compared(one: tuple[Any] | None, asked: str, other: tuple[Any] | None) -> bool | None:
    if one is None or other is None:
        return None
    match asked:
        case "eq" | "ne":
            return (one[0] == other[0]) is (asked == "eq")
        case "in" | "notin" if isinstance(other[0], list | tuple):
            return (one[0] in other[0]) is (asked == "in")
    return None


def _value(node: nodes.Node, known: Mapping[str, Any]) -> tuple[Any] | None:
    """What an expression is, where that is known."""
    match node:
        case nodes.Const(value=constant):
            return (constant,)
        case nodes.List(items=items) | nodes.Tuple(items=items):
            values = [_value(item, known) for item in items]
            return ([each[0] for each in values if each],) if all(values) else None
    path = path_of(node)
    if path is None or path[0] not in known:
        return None
    value: Any = known
    for step in path:
        value = value.get(step, NOWHERE) if hasattr(value, "get") else NOWHERE
    return (value,)
