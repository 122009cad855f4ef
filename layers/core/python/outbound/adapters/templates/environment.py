"""The sandbox: data and nothing else; what is undefined knows where it should have been."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from outbound.adapters.templates import bounds, formats, language, linking


class Absent(Exception):
    """A variable has no value; `holder` is the object that lacks it."""

    def __init__(self, name: object, holder: object):
        super().__init__("a variable has no value")
        self.name = str(name)
        self.holder = holder


class _Undefined(StrictUndefined):
    """An undefined value that knows where in the data it should have been."""

    def __init__(self, hint: Any = None, obj: Any = missing, name: Any = None, exc: Any = None):
        def absent(_: object) -> Exception:
            return Absent(name, obj)

        super().__init__(hint, obj, name, cast("Any", exc or absent))


class _Generator(CodeGenerator):
    """Computes nothing while it compiles: what a template computes counts, and has a reader."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _Sandbox(ImmutableSandboxedEnvironment):
    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        bounds.operate(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member of the data, never a method of a Python object: `order.items` is a value."""
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A member of an object or an element of a list."""
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)


@lru_cache(maxsize=2)
def environment(escaped: bool) -> ImmutableSandboxedEnvironment:
    """The sandbox of bodies that escape their variables, or of those that don't."""
    sandbox = _Sandbox(
        undefined=_Undefined,
        autoescape=escaped,
        finalize=bounds.printable,
        optimized=False,
        cache_size=0,
        keep_trailing_newline=True,
    )
    sandbox.globals.clear()
    known = {
        **sandbox.filters,
        "join": bounds.joined,
        "replace": bounds.replaced,
        "round": bounds.rounded,
    }
    sandbox.filters = {
        "d": known["d"],
        "default": known["default"],
        language.STEP: bounds.loop,
        language.CONCAT: bounds.concatenated,
        **formats.FILTERS,
        **linking.FILTERS,
        **{name: bounds.priced(known[name], text=True) for name in language.TEXT_FILTERS},
        **{name: bounds.priced(known[name], text=False) for name in language.SEQUENCE_FILTERS},
        **{
            name: bounds.priced(known[name], text=False, each=1)
            for name in language.COMPARING_FILTERS
        },
    }
    sandbox.tests = {name: sandbox.tests[name] for name in language.TESTS}
    return sandbox
