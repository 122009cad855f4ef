"""What a body says as far as that is known without its data: its tree is read, nothing is run.

`{{ day }}` is `[day]`. Of a condition the first branch is read, a loop once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from markupsafe import escape

from outbound.adapters.templates.uses import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def outline(tree: nodes.Node, known: Mapping[str, Any], *, escaped: bool) -> str:
    """The text of a tree, with the values that are known."""
    return "".join(
        str(escape(text)) if escaped and not literal else text
        for text, literal in _read(tree, known)
    )


def _read(node: nodes.Node, known: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Texts, and whether each stands in the body as it is."""
    match node:
        case nodes.TemplateData(data=data):
            yield data, True
        case nodes.Output(nodes=parts):
            for part in parts:
                yield from _read(part, known)
        case nodes.If(body=body, else_=otherwise):
            for each in body or otherwise:
                yield from _read(each, known)
        case nodes.Expr():
            yield _said(node, known), False
        case nodes.Assign():
            return
        case nodes.For(body=body):
            for each in body:
                yield from _read(each, known)
        case _:
            for child in node.iter_child_nodes():
                yield from _read(child, known)


def _said(node: nodes.Node | None, known: Mapping[str, Any]) -> str:
    match node:
        case nodes.Const(value=constant):
            return str(constant)
        case nodes.Filter(node=inner) if inner is not None:
            return _said(inner, known)
        case nodes.CondExpr(expr1=first):
            return _said(first, known)
        case nodes.Concat(nodes=parts):
            return "".join(_said(part, known) for part in parts)
    path = path_of(node) if node is not None else None
    if path is None:
        return "[…]"
    value: Any = known
    for step in path:
        value = value.get(step) if hasattr(value, "get") else None
    return str(value) if isinstance(value, str | int | float) else f"[{'.'.join(path)}]"
