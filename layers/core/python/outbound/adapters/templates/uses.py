"""What a body asks of its scope: the paths of its variables, found without running it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import meta, nodes

from outbound.adapters.templates import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.ports import Path


def paths_of(tree: nodes.Template) -> frozenset[Path]:
    """`{{ contact.attributes.plan }}` is ("contact", "attributes", "plan").

    A variable that is used as a whole, or by a name that the template computes, is a path of one.
    """
    free = meta.find_undeclared_variables(tree)
    return frozenset(path for path in paths_within(tree) if path[0] in free)


def is_localised(tree: nodes.Template) -> bool:
    """Whether it writes something as a locale wants it."""
    return any(each.name in language.LOCAL_FILTERS for each in tree.find_all(nodes.Filter))


def paths_within(node: nodes.Node) -> Iterator[Path]:
    """The paths in a tree, those of the template's own names as well."""
    path = path_of(node)
    if path is not None:
        yield path
    else:
        for child in node.iter_child_nodes():
            yield from paths_within(child)


def path_of(node: nodes.Node) -> Path | None:
    """The path that an expression is; None where it is more than that."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            return (name,)
        case nodes.Getattr(node=holder, attr=step):
            above = path_of(holder)
        case nodes.Getitem(node=holder, arg=nodes.Const(value=str(step))):
            above = path_of(holder)
        case _:
            return None
    return (*above, step) if above else None
