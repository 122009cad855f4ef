"""What the language allows: a list of node kinds and filters; all else is refused when compiled.

Without calls, macros, blocks and includes nothing runs that isn't listed here, and each way to
loop or to grow passes through a counter (`bounds`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Assign,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Neg,
    nodes.Pos,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Concat,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.List,
    nodes.Tuple,
    nodes.Keyword,
    nodes.Filter,
    nodes.Test,
)
# fmt: off
TEXT_FILTERS = frozenset({
    "abs", "capitalize", "e", "escape", "float", "forceescape", "int", "lower", "replace",
    "round", "string", "title", "trim", "truncate", "upper", "urlencode", "wordcount",
})
# fmt: on
# fmt: off
SEQUENCE_FILTERS = frozenset({
    "count", "first", "items", "join", "last", "length", "list", "max", "min", "reverse",
    "sort", "sum", "unique",
})
# fmt: on
FILTERS = TEXT_FILTERS | SEQUENCE_FILTERS | {"d", "default"}
# fmt: off
TESTS = frozenset({
    "boolean", "defined", "divisibleby", "eq", "even", "false", "float", "ge", "gt", "in",
    "integer", "iterable", "le", "lower", "lt", "mapping", "ne", "none", "number", "odd",
    "sequence", "string", "true", "undefined", "upper",
})
# fmt: on
STEP, CONCAT = "counted steps", "counted concatenation"
"""Filters of ours. A template can't name them: their names hold a space."""
DEEPEST = 40


def check(tree: nodes.Template) -> nodes.Template:
    """Refuse what isn't allowed, and lead loops and concatenations through the counters.

    Raises:
        TemplateSyntaxError: with the line and what isn't allowed.
    """
    for node, depth in _walk(tree, 0):
        objection = _objection(node)
        if depth > DEEPEST:
            objection = "this is nested too deeply"
        if objection is not None:
            raise TemplateSyntaxError(objection, node.lineno)
    _count(tree)
    return tree


def _objection(node: nodes.Node) -> str | None:
    match node:
        case nodes.Filter(name=name) if name not in FILTERS:
            return f"there is no filter {name}"
        case nodes.Test(name=name) if name not in TESTS:
            return f"there is no test {name}"
        case nodes.Name(name=name) | nodes.Getattr(attr=name) if name.startswith("_"):
            return "names that begin with _ are not allowed"
        case nodes.Name(name="self"):
            return "self is not allowed"
        case nodes.For(recursive=True):
            return "recursive loops are not allowed"
        case nodes.Assign(target=target) if not isinstance(target, nodes.Name):
            return "set takes one plain name"
        case nodes.List(items=items) if not all(isinstance(item, nodes.Const) for item in items):
            return "a list may hold only fixed values"
        case _ if not isinstance(node, ALLOWED):
            return f"{type(node).__name__.lower()} is not allowed"
    return None


def _walk(node: nodes.Node, depth: int) -> Iterator[tuple[nodes.Node, int]]:
    yield node, depth
    for child in node.iter_child_nodes():
        yield from _walk(child, depth + 1)


def _count(node: nodes.Node) -> int:
    """Rewrite what lies below and return its weight: the nodes that one pass evaluates."""
    weight = 1 + sum(_count(child) for child in node.iter_child_nodes())
    for field, value in node.iter_fields():
        changed = [_counted(item) for item in value] if isinstance(value, list) else _counted(value)
        setattr(node, field, changed)
    if isinstance(node, nodes.For):
        node.iter = _filter(STEP, node.iter, nodes.Const(weight))
        return 1
    return weight


def _counted(value: Any) -> Any:
    if isinstance(value, nodes.Concat):
        return _filter(CONCAT, nodes.List(value.nodes, lineno=value.lineno))
    return value


def _filter(name: str, node: nodes.Node, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)
