"""From Jinja's nodes to functions; what isn't on the list is refused with what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from outbound.adapters.expressions.known import FIELDS, said_yes
from outbound.adapters.expressions.values import COMPARISONS, FILTERS, TESTS, member
from outbound.domain.words import Channel, Purpose
from outbound.ports import ExpressionFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from outbound.domain.contact import Contact

    Look = Callable[[Contact, datetime], Any]

MOST_NODES, DEEPEST = 400, 200
ROOTS = "contact, attributes, consents"


class Compiler:
    """Compiles one expression: counts its nodes, and remembers the attributes it looks at."""

    def __init__(self) -> None:
        self.attributes: set[str] = set()
        self._nodes = 0
        self._depth = 0

    def compile(self, node: nodes.Expr) -> Look:
        """A node as a function of contact and time.

        Raises:
            ExpressionFault: it, or one below it, isn't allowed.
        """
        self._nodes += 1
        self._depth += 1
        if self._nodes > MOST_NODES or self._depth > DEEPEST:
            raise ExpressionFault("it is too long or nested too deeply")
        try:
            return self._compiled(node)
        finally:
            self._depth -= 1

    def _compiled(self, node: nodes.Expr) -> Look:
        match node:
            case nodes.And():
                return _both(self.compile(node.left), self.compile(node.right))
            case nodes.Or():
                return _either(self.compile(node.left), self.compile(node.right))
            case nodes.Not():
                return _opposite(self.compile(node.node))
            case nodes.Compare():
                return self._comparison(node)
            case nodes.Const() | nodes.Neg() | nodes.List() | nodes.Tuple():
                return _constant(self._fixed(node))
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test():
                return self._test(node)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._path(*_path_of(node))
        raise ExpressionFault(f"{type(node).__name__.lower()} is not allowed")

    def _comparison(self, node: nodes.Compare) -> Look:
        looks = [self.compile(node.expr), *(self.compile(each.expr) for each in node.ops)]
        compares = [COMPARISONS[each.op] for each in node.ops]
        if len(compares) == 1:
            return _compared(looks[0], compares[0], looks[1])
        pairs = list(zip(looks, compares, looks[1:], strict=False))
        return _all([_compared(*pair) for pair in pairs])

    def _fixed(self, node: nodes.Expr) -> Any:
        match node:
            case nodes.Const(value=None):
                raise ExpressionFault("none equals nothing; write `is none` or `is defined`")
            case nodes.Const(value=value):
                return value
            case nodes.Neg(node=nodes.Const(value=value)) if isinstance(value, int | float):
                return -value
            case nodes.List(items=items) | nodes.Tuple(items=items):
                self._nodes += len(items)
                return tuple(self._fixed(each) for each in items)
        raise ExpressionFault("a list holds only fixed values, and only numbers have a minus")

    def _filter(self, node: nodes.Filter) -> Look:
        known = FILTERS.get(node.name)
        if known is None or node.node is None:
            raise ExpressionFault(f"a filter is one of: {', '.join(FILTERS)}")
        if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise ExpressionFault("a filter takes nothing in parentheses")
        return _filtered(self.compile(node.node), known)

    def _test(self, node: nodes.Test) -> Look:
        known = TESTS.get(node.name)
        if known is None or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise ExpressionFault(f"`is` is followed by one of: {', '.join(TESTS)}")
        return _tested(self.compile(node.node), known)

    def _path(self, root: str, names: tuple[Any, ...]) -> Look:
        self._nodes += len(names)
        match root, names:
            case "contact", ("attributes", *below) if below:
                return self._path("attributes", tuple(below))
            case "attributes", (str(first), *rest):
                self.attributes.add(first)
                return _attribute(first, tuple(rest))
            case "contact", (str(field), *rest) if field in FIELDS:
                return _field(field, tuple(rest))
            case "contact", _:
                raise ExpressionFault(f"contact has one of: {', '.join(FIELDS)}")
            case "consents", _:
                return _consent(names)
        raise ExpressionFault(f"an expression looks at {ROOTS}, and at what these have")


def _path_of(node: nodes.Expr) -> tuple[str, tuple[Any, ...]]:
    names: list[Any] = []
    while not isinstance(node, nodes.Name):
        match node:
            case nodes.Getattr(node=below, attr=name):
                names.append(name)
            case nodes.Getitem(node=below, arg=nodes.Const(value=name)) if _is_name(name):
                names.append(name)
            case nodes.Getitem(node=below, arg=nodes.Neg(node=nodes.Const(value=int(number)))):
                names.append(-number)
            case _:
                raise ExpressionFault("what stands in brackets is a fixed text or whole number")
        node = below
    return node.name, tuple(reversed(names))


def _is_name(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _consent(names: tuple[Any, ...]) -> Look:
    try:
        channel, purpose = Channel(names[0]), Purpose(names[1])
        topic = str(names[2]) if len(names) == 3 else None
        if len(names) > 3:
            raise ValueError
    except (IndexError, ValueError):
        message = f"consents are named like consents.sms.marketing (channels: {', '.join(Channel)};"
        message += f" purposes: {', '.join(Purpose)}), a topic behind it like .offers"
        raise ExpressionFault(message) from None
    return lambda contact, now: said_yes(contact, now, channel, purpose, topic)


def _attribute(first: str, rest: tuple[Any, ...]) -> Look:
    if not rest:
        return lambda contact, _: contact.attributes.get(first)
    return lambda contact, _: _below(contact.attributes.get(first), rest)


def _field(name: str, rest: tuple[Any, ...]) -> Look:
    field = FIELDS[name]
    if not rest:
        return lambda contact, _: field(contact)
    return lambda contact, _: _below(field(contact), rest)


def _below(value: Any, names: tuple[Any, ...]) -> Any:
    for name in names:
        value = member(value, name)
    return value


def _both(left: Look, right: Look) -> Look:
    return lambda contact, now: left(contact, now) and right(contact, now)


def _either(left: Look, right: Look) -> Look:
    return lambda contact, now: left(contact, now) or right(contact, now)


def _opposite(look: Look) -> Look:
    return lambda contact, now: not look(contact, now)


def _constant(value: Any) -> Look:
    return lambda contact, now: value


def _compared(left: Look, compare: Callable[[Any, Any], bool], right: Look) -> Look:
    return lambda contact, now: compare(left(contact, now), right(contact, now))


def _all(looks: list[Look]) -> Look:
    return lambda contact, now: all(look(contact, now) for look in looks)


def _filtered(look: Look, change: Callable[[Any, datetime], Any]) -> Look:
    return lambda contact, now: change(look(contact, now), now)


def _tested(look: Look, test: Callable[[Any], bool]) -> Look:
    return lambda contact, now: test(look(contact, now))
