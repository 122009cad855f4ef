"""What the language allows: a list of node kinds and filters; all else is refused when compiled.

Without calls and macros nothing runs that isn't listed here, and each way to loop or to grow
passes through a counter (`bounds`). Layouts and parts are put together beforehand (`assembly`).
"""

from __future__ import annotations

import re
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
    nodes.Extends,
    nodes.Include,
    nodes.Block,
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
# fmt: off
LOCAL_FILTERS = frozenset({"date", "datetime", "money", "number", "percent", "plural", "time"})
# fmt: on
"""They write a value as the reader's locale and zone want it."""
# fmt: off
COMPARING_FILTERS = frozenset({"join", "max", "min", "sort", "sum", "unique"})
# fmt: on
"""Those of SEQUENCE_FILTERS that look at each element for itself."""
LINK_FILTERS = frozenset({"media_page", "short"})
FILTERS = TEXT_FILTERS | SEQUENCE_FILTERS | LOCAL_FILTERS | LINK_FILTERS | {"d", "default"}
# fmt: off
TESTS = frozenset({
    "boolean", "defined", "divisibleby", "eq", "even", "false", "float", "ge", "gt", "in",
    "integer", "iterable", "le", "lower", "lt", "mapping", "ne", "none", "number", "odd",
    "sequence", "string", "true", "undefined", "upper",
})
# fmt: on
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
STEP, CONCAT = "counted steps", "counted concatenation"
"""Filters of ours. A template can't name them: their names hold a space."""
DEEPEST = 40


def check(tree: nodes.Template) -> nodes.Template:
    """Refuse what isn't allowed.

    Raises:
        TemplateSyntaxError: with the line and what isn't allowed.
    """
    printed = (each for output in tree.find_all(nodes.Output) for each in output.nodes)
    supers = {id(each) for each in printed if _is_super(each)}
    for node, depth in walk(tree):
        objection = None if id(node) in supers else _objection(node)
        if depth > DEEPEST:
            objection = "this is nested too deeply"
        if objection is not None:
            raise TemplateSyntaxError(objection, node.lineno)
    return tree


def counted(tree: nodes.Template) -> nodes.Template:
    """Lead loops and concatenations through the counters.

    Raises:
        TemplateSyntaxError: with its parts it is nested too deeply.
    """
    for node, depth in walk(tree):
        if depth > DEEPEST:
            raise TemplateSyntaxError("with its parts it is nested too deeply", node.lineno)
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
        case nodes.Extends(template=part) | nodes.Include(template=part) if not _is_id(part):
            return "what is extended or included is the id of a template in quotes"
        case nodes.Include(ignore_missing=True) | nodes.Include(with_context=False):
            return "include takes an id alone"
        case nodes.Block(required=True):
            return "a block is never required; give it what it says by default"
        case nodes.Assign(target=target) if not isinstance(target, nodes.Name):
            return "set takes one plain name"
        case nodes.List(items=items) if not all(isinstance(item, nodes.Const) for item in items):
            return "a list may hold only fixed values"
        case _ if not isinstance(node, ALLOWED):
            return f"{type(node).__name__.lower()} is not allowed"
    return None


def walk(node: nodes.Node, depth: int = 0) -> Iterator[tuple[nodes.Node, int]]:
    """A node and all below it, with how deep they lie."""
    yield node, depth
    for child in node.iter_child_nodes():
        yield from walk(child, depth + 1)


def _is_super(node: nodes.Node) -> bool:
    """`{{ super() }}` and nothing else: the one call there is, and gone when blocks are put in."""
    match node:
        case nodes.Call(node=nodes.Name(name="super"), args=[], kwargs=[]):
            return node.dyn_args is None and node.dyn_kwargs is None
    return False


def _is_id(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and bool(_ID.fullmatch(str(node.value)))


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
