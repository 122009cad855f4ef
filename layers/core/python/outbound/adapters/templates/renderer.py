"""The renderer: compiles each body once, renders it within bounds, names what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from outbound.adapters.templates import bounds, language
from outbound.ports import MissingVariable, TemplateFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template as Compiled

    from outbound.domain.content import Content

ESCAPED = frozenset({"html", "ssml"})
LONGEST = 200_000
TAGS = 2_000


class _Absent(Exception):
    def __init__(self, name: object, holder: object):
        super().__init__("a variable has no value")
        self.name = str(name)
        self.holder = holder


class _Undefined(StrictUndefined):
    """An undefined value that knows where in the data it should have been."""

    def __init__(self, hint: Any = None, obj: Any = missing, name: Any = None, exc: Any = None):
        def absent(_: object) -> Exception:
            return _Absent(name, obj)

        super().__init__(hint, obj, name, cast("Any", exc or absent))


class _Sandbox(ImmutableSandboxedEnvironment):
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


class JinjaRenderer:
    """Jinja2, sandboxed, strict, bounded. HTML and SSML escape their variables, texts don't."""

    def check(self, content: Content) -> None:
        """Compile each body.

        Raises:
            TemplateFault: a body isn't a template that we allow.
        """
        for name, source in content.bodies.items():
            _compiled(name, source)

    def render(self, content: Content, data: Mapping[str, Any]) -> Mapping[str, str]:
        """The bodies with the data in them; bounds hold for each body.

        Raises:
            MissingVariable: a variable has no value.
            TemplateFault: a body isn't allowed, or passes a bound.
        """
        return {name: _render(name, source, data) for name, source in content.bodies.items()}


@lru_cache(maxsize=512)
def _compiled(name: str, source: str) -> Compiled:
    if len(source) > LONGEST:
        message = f"{name} has {len(source)} characters; a template has at most {LONGEST}."
        raise TemplateFault(name, message, code="template_too_large")
    if source.count("{{") + source.count("{%") > TAGS:
        message = f"{name} has more than {TAGS} expressions and tags."
        raise TemplateFault(name, message, code="template_too_large")
    environment = _environment(name in ESCAPED)
    try:
        return environment.from_string(language.check(environment.parse(source)))
    except TemplateSyntaxError as error:
        message = f"{name} is not a valid template, line {error.lineno}: {error.message}."
        raise TemplateFault(name, message) from None
    except (RecursionError, SyntaxError, MemoryError, OverflowError):
        message = f"{name} is not a valid template: it is nested too deeply or too large."
        raise TemplateFault(name, message) from None


def _render(name: str, source: str, data: Mapping[str, Any]) -> str:
    template = _compiled(name, source)
    bounds.begin()
    try:
        return "".join(_limited(template.generate(dict(data))))
    except _Absent as absent:
        place = _place(data, absent.holder) if absent.holder is not missing else ""
        pointer = f"{place}/{absent.name.replace('~', '~0').replace('/', '~1')}"
        raise MissingVariable(pointer[1:].replace("/", "."), pointer) from None
    except bounds.TooMuch as error:
        message = f"{name} can't be rendered: {error}."
        raise TemplateFault(name, message, code="template_bounds") from None
    except SecurityError:
        message = f"{name} reaches for something that templates may not use."
        raise TemplateFault(name, message) from None
    except Exception as error:
        # Whatever else a template provokes (1/0, "a"|abs) is its own fault. The text of such an
        # error may hold personal values, its type doesn't.
        message = f"{name} fails when it is rendered: {type(error).__name__}."
        raise TemplateFault(name, message) from None


def _limited(chunks: Iterator[str]) -> Iterator[str]:
    length = 0
    for chunk in chunks:
        length += len(chunk)
        if length > bounds.OUTPUT:
            raise bounds.TooMuch(f"it gives more than {bounds.OUTPUT} characters")
        yield chunk


def _place(value: Any, holder: object) -> str:
    """The JSON pointer of `holder`, an object inside `value`; the first if it stands in several."""
    if value is holder:
        return ""
    children: list[tuple[Any, Any]] = []
    if isinstance(value, Mapping):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    for key, child in children:
        if isinstance(child, Mapping | list):
            below = _place(child, holder)
            if below or child is holder:
                return f"/{key}{below}"
    return ""


@lru_cache(maxsize=2)
def _environment(escaped: bool) -> _Sandbox:
    environment = _Sandbox(
        undefined=_Undefined,
        autoescape=escaped,
        finalize=bounds.printable,
        optimized=False,
        cache_size=0,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    known = {
        **environment.filters,
        "join": bounds.joined,
        "replace": bounds.replaced,
        "round": bounds.rounded,
    }
    environment.filters = {
        "d": known["d"],
        "default": known["default"],
        language.STEP: bounds.loop,
        language.CONCAT: bounds.concatenated,
        **{name: bounds.priced(known[name], text=True) for name in language.TEXT_FILTERS},
        **{name: bounds.priced(known[name], text=False) for name in language.SEQUENCE_FILTERS},
    }
    environment.tests = {name: environment.tests[name] for name in language.TESTS}
    return environment
