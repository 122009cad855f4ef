"""What bodies say as far as that is known without their data: trees are read, nothing is run.

`{{ day }}` is `[day]`, a loop that has something is read once. A text is read for each way in which
its conditions may turn out (`conditions.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from markupsafe import escape

from outbound.adapters.templates.uses import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outbound.adapters.templates.conditions import Way


def outline(tree: nodes.Node, known: Mapping[str, Any], way: Way, *, escaped: bool) -> str:
    """The text of a tree, with the values that are known."""
    return "".join(
        str(escape(text)) if escaped and not literal else text
        for text, literal in _read(tree, known, way)
    )


def _taken(node: nodes.If, way: Way) -> list[nodes.Node]:
    for each in (node, *node.elif_):
        if way.holds(each.test):
            return each.body
    return node.else_


def _read(node: nodes.Node, known: Mapping[str, Any], way: Way) -> Iterator[tuple[str, bool]]:
    """Texts, and whether each stands in the body as it is."""
    match node:
        case nodes.TemplateData(data=data):
            yield data, True
        case nodes.Output(nodes=parts):
            for part in parts:
                yield from _read(part, known, way)
        case nodes.If():
            for each in _taken(node, way):
                yield from _read(each, known, way)
        case nodes.Expr():
            yield _said(node, known, way), False
        case nodes.Assign():
            return
        case nodes.For(body=body, else_=otherwise):
            for each in body if way.has(node) else otherwise:
                yield from _read(each, known, way)
        case _:
            for child in node.iter_child_nodes():
                yield from _read(child, known, way)


def _said(node: nodes.Node | None, known: Mapping[str, Any], way: Way) -> str:
    match node:
        case nodes.Const(value=constant):
            return str(constant)
        case nodes.Filter(node=inner) if inner is not None:
            return _said(inner, known, way)
        case nodes.CondExpr(test=test, expr1=first, expr2=second):
            chosen = first if way.holds(test) else second
            return _said(chosen, known, way) if chosen is not None else ""
        case nodes.Concat(nodes=parts):
            return "".join(_said(part, known, way) for part in parts)
    path = path_of(node) if node is not None else None
    if path is None:
        return "[…]"
    value: Any = known
    for step in path:
        value = value.get(step) if hasattr(value, "get") else None
    return str(value) if isinstance(value, str | int | float) else f"[{'.'.join(path)}]"
