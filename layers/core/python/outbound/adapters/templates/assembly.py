"""Layouts and parts: put together into one tree before anything is compiled.

So what runs has no includes and no blocks, the counters count through all of it, and rendering
costs no look-up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from outbound.adapters.templates.language import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Blocks = Mapping[str, Sequence[list[nodes.Node]]]

DEEPEST = 5
"""Layouts and parts within each other."""


class PartFault(Exception):
    """Something is wrong in a part; `where` names it."""

    def __init__(self, where: str, error: TemplateSyntaxError):
        super().__init__(str(error))
        self.where = where
        self.error = error


@dataclass(frozen=True, slots=True)
class Assembly:
    """Puts a body together. `parse` gives a checked tree, a new one each time."""

    sources: Mapping[str, str]
    parse: Callable[[str], nodes.Template]
    path: tuple[str, ...] = ()
    blocks: Blocks = field(default_factory=dict)

    def whole(self, tree: nodes.Template) -> nodes.Template:
        """The tree with all that it extends and includes.

        Raises:
            TemplateSyntaxError: something doesn't fit together.
            PartFault: the same of a part.
        """
        return nodes.Template(self._expanded(tree), lineno=1)

    def _expanded(self, tree: nodes.Template) -> list[nodes.Node]:
        layouts = list(tree.find_all(nodes.Extends))
        if not layouts:
            self._check_places(tree)
            return self._written(tree.body)
        layout = layouts[0]
        if len(layouts) > 1 or all(each is not layout for each in tree.body):
            raise TemplateSyntaxError("extends stands once, and outside of everything", 1)
        sets, own = [], dict(self.blocks)
        for node in tree.body:
            if isinstance(node, nodes.Block):
                own[node.name] = [*own.get(node.name, ()), node.body]
            elif isinstance(node, nodes.Assign):
                sets.append(node)
            elif node is not layout and not _is_blank(node):
                message = "what stands outside of its blocks is lost in a layout"
                raise TemplateSyntaxError(message, node.lineno)
        inner, parent = self._enter(layout, own)
        return [*sets, *inner.guarded(parent)]

    def _check_places(self, tree: nodes.Template) -> None:
        """What a layout has no place for would be lost."""
        within = [node for bodies in self.blocks.values() for body in bodies for node in body]
        found = (each for node in (tree, *within) for each, _ in walk(node))
        places = {each.name for each in found if isinstance(each, nodes.Block)}
        missing = sorted(self.blocks.keys() - places)
        if missing:
            raise TemplateSyntaxError(f"the layout has no block {missing[0]}", 1)

    def _written(
        self, statements: list[nodes.Node], above: Sequence[list[nodes.Node]] = ()
    ) -> list[nodes.Node]:
        """Statements without blocks and includes; `above` is what `super()` stands for."""
        written: list[nodes.Node] = []
        for node in statements:
            if isinstance(node, nodes.Block):
                versions = [*self.blocks.get(node.name, ()), node.body]
                written.append(self._scoped(node, versions))
            elif isinstance(node, nodes.Include):
                inner, part = self._enter(node, {})
                written.append(nodes.Scope(inner.guarded(part), lineno=node.lineno))
            elif isinstance(node, nodes.Output):
                written += self._output(node, above)
            else:
                if isinstance(node, nodes.For | nodes.If):
                    node.body = self._written(node.body, above)
                    node.else_ = self._written(node.else_, above)
                if isinstance(node, nodes.If):
                    for each in node.elif_:
                        each.body = self._written(each.body, above)
                written.append(node)
        return written

    def _scoped(self, node: nodes.Node, versions: Sequence[list[nodes.Node]]) -> nodes.Node:
        first, *above = versions
        return nodes.Scope(self._written(first, above), lineno=node.lineno)

    def _output(self, node: nodes.Output, above: Sequence[list[nodes.Node]]) -> list[nodes.Node]:
        written: list[nodes.Node] = []
        for each in node.nodes:
            if not isinstance(each, nodes.Call):
                written.append(nodes.Output([each], lineno=each.lineno))
            elif above:
                written.append(self._scoped(each, above))
            else:
                raise TemplateSyntaxError("there is nothing that super() stands for", each.lineno)
        return written

    def _enter(
        self, node: nodes.Extends | nodes.Include, blocks: Blocks
    ) -> tuple[Assembly, nodes.Template]:
        assert isinstance(node.template, nodes.Const)
        name: str = node.template.value
        path = (*self.path, name)
        if name in self.path:
            message = f"layouts and parts go round in a circle: {', '.join(path)}"
            raise TemplateSyntaxError(message, node.lineno)
        if len(path) > DEEPEST:
            message = f"layouts and parts lie at most {DEEPEST} deep"
            raise TemplateSyntaxError(message, node.lineno)
        if name not in self.sources:
            raise TemplateSyntaxError(f"there is no part {name} here", node.lineno)
        inner = Assembly(self.sources, self.parse, path, blocks)
        try:
            return inner, self.parse(self.sources[name])
        except TemplateSyntaxError as error:
            raise PartFault(name, error) from None

    def guarded(self, tree: nodes.Template) -> list[nodes.Node]:
        """A part's own tree, its faults told from those of the body."""
        try:
            return self._expanded(tree)
        except TemplateSyntaxError as error:
            raise PartFault(self.path[-1], error) from None


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(each, nodes.TemplateData) and not each.data.strip() for each in node.nodes
    )
