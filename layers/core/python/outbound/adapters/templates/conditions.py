"""How the conditions of bodies may turn out, as far as that isn't known.

One that is asked twice, or asked and denied, turns out the same; what one condition says of another
isn't looked at. Whether a loop has something is a condition too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice, product
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from outbound.adapters.templates.uses import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Answers = Mapping[str, bool]

ALL_WAYS = 3
"""Of so many conditions all ways are looked at; of more, enough to come to each branch."""
NOWHERE = object()
"""What isn't there, in what is known."""
OPPOSITE = {"ne": "eq", "notin": "in", "undefined": "defined"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what is `known` for sure, and what each other condition is taken to be."""

    known: Mapping[str, Any]
    taken: Answers

    def holds(self, test: nodes.Node) -> bool:
        """Whether a condition does."""
        sure = _sure(test, self.known)
        if sure is not None:
            return sure
        condition, asked = _condition(test)
        return self.taken[condition] is asked

    def has(self, loop: nodes.For) -> bool:
        """Whether a loop has something to go through."""
        return self.taken[_loop(loop)]


def ways(trees: Sequence[nodes.Node], known: Mapping[str, Any], most: int) -> Sequence[Way]:
    """At most so many of them; in the first each condition leads to its first branch."""
    first: dict[str, bool] = {}
    for tree in trees:
        for condition, asked in _asked(tree, known):
            first.setdefault(condition, asked)
    if len(first) <= ALL_WAYS:
        both = product(*((holds, not holds) for holds in first.values()))
        found: Iterable[Answers] = (dict(zip(first, some, strict=True)) for some in both)
    else:
        found = _to_each_branch(trees, known, first)
    return [Way(known, some) for some in islice(found, most)]


def bound_in(trees: Iterable[nodes.Node]) -> frozenset[str]:
    """The names that trees give a meaning of their own."""
    names = chain.from_iterable(tree.find_all(nodes.Name) for tree in trees)
    return frozenset(name.name for name in names if name.ctx != "load")


def _asked(node: nodes.Node, known: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The conditions of a tree, in the order in which they stand there, as they are asked first."""
    match node:
        case nodes.If(test=test) | nodes.CondExpr(test=test):
            if _sure(test, known) is None:
                yield _condition(test)
        case nodes.For():
            yield _loop(node), True
    for child in node.iter_child_nodes():
        yield from _asked(child, known)


def _to_each_branch(
    trees: Iterable[nodes.Node], known: Mapping[str, Any], first: Answers
) -> Iterator[Answers]:
    """All as at first, all otherwise, and what leads to each branch that neither leads to."""
    found = [first, {condition: not holds for condition, holds in first.items()}]
    yield from found
    for path in (path for tree in trees for path in _paths(tree, known, {})):
        if not any(path.items() <= each.items() for each in found):
            found.append({**first, **path})
            yield found[-1]


def _paths(node: nodes.Node, known: Mapping[str, Any], before: Answers) -> Iterator[Answers]:
    """What leads to each branch below a node, behind what has led to it."""
    for path, body in _branches(node, known, before):
        if path is not before:
            yield path
        for child in body:
            yield from _paths(child, known, path)


def _branches(
    node: nodes.Node, known: Mapping[str, Any], before: Answers
) -> Iterator[tuple[Answers, Iterable[nodes.Node]]]:
    match node:
        case nodes.If():
            for each in (node, *node.elif_):
                taken = _with(each.test, True, known, before)
                if taken is not None:
                    yield taken, each.body
                otherwise = _with(each.test, False, known, before)
                if otherwise is None:
                    return
                before = otherwise
            yield before, node.else_
        case nodes.CondExpr(test=test, expr1=one, expr2=other):
            for holds, expression in ((True, one), (False, other)):
                taken = _with(test, holds, known, before)
                if taken is not None:
                    yield taken, [expression] if expression is not None else []
        case nodes.For(body=body, else_=otherwise):
            loop = _loop(node)
            for has, some in ((True, body), (False, otherwise)):
                if before.get(loop, has) is has:
                    yield {**before, loop: has}, some
        case _:
            yield before, node.iter_child_nodes()


def _with(
    test: nodes.Node, holds: bool, known: Mapping[str, Any], before: Answers
) -> Answers | None:
    """What was answered, with one more condition; None where it can't turn out so any more."""
    sure = _sure(test, known)
    if sure is not None:
        return before if sure is holds else None
    condition, asked = _condition(test)
    answer = asked is holds
    return {**before, condition: answer} if before.get(condition, answer) is answer else None


def _condition(test: nodes.Node) -> tuple[str, bool]:
    """What a condition asks, and whether it asks that it is so."""
    asked = True
    while isinstance(test, nodes.Not):
        test, asked = test.node, not asked
    match test:
        case nodes.Compare(expr=one, ops=[nodes.Operand(op=op, expr=other)]):
            return f"{one!r} {OPPOSITE.get(op, op)} {other!r}", asked is (op not in OPPOSITE)
        case nodes.Test(node=one, name="defined" | "undefined" as op):
            return f"{one!r} defined", asked is (op == "defined")
    return repr(test), asked


def _loop(loop: nodes.For) -> str:
    return f"for {loop.iter!r} {loop.test!r}"


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
    """What an expression is, where that is known; what is known to be None isn't there."""
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
        value = value.get(step) if hasattr(value, "get") else None
    return (NOWHERE if value is None else value,)
