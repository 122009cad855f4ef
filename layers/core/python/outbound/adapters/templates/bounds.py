"""Bounds of a rendering: counted steps and bytes, for seconds depend on the machine."""

from __future__ import annotations

from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from jinja2.filters import do_round
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from outbound.domain.locale import Formatting

STEPS = 200_000
OUTPUT = 800_000
"""Bytes: the longest html that there may be, where each of its characters takes four."""
VALUE = 200_000
NUMBER = 10**18
_SEQUENCES = (list, tuple, dict, set)

_run: ContextVar[Run] = ContextVar("the rendering of a body")


class Run:
    """One rendering of one body: the steps it has left, and for whom it is."""

    __slots__ = ("escaped", "formatting", "left")

    def __init__(self, formatting: Formatting, *, escaped: bool):
        self.formatting = formatting
        self.escaped = escaped
        self.left = STEPS


class TooMuch(Exception):
    """A rendering passed a bound, or does what has none."""


def begin(formatting: Formatting, *, escaped: bool) -> None:
    """Start counting for one rendering."""
    _run.set(Run(formatting, escaped=escaped))


def run() -> Run:
    """The rendering that goes on."""
    return _run.get()


def spend(steps: int) -> None:
    """Count steps.

    Raises:
        TooMuch: there were too many.
    """
    current = _run.get()
    current.left -= steps
    if current.left < 0:
        raise TooMuch(f"it takes more than {STEPS} steps")


def loop(values: Iterable[Any], weight: int) -> Iterator[Any]:
    """The values of a loop whose body evaluates `weight` nodes."""
    for value in values:
        spend(weight)
        yield value


def printable(value: Any) -> Any:
    """A value that is put into the text: a text or a number."""
    if type(value) is str:
        return value
    if value is None:
        raise TooMuch("it prints a value that is null")
    if not isinstance(value, str | int | float | Undefined):
        raise TooMuch("it prints a list or an object; print its parts, or use join")
    return value


def concatenated(values: list[Any]) -> Any:
    """`a ~ b`, escaped where a part of it already is."""
    parts = [value if isinstance(value, Markup) else str(printable(value)) for value in values]
    _fits(sum(map(len, parts)))
    if any(isinstance(part, Markup) for part in parts):
        return Markup("").join(escape(part) for part in parts)
    return "".join(parts)


def joined(values: Iterable[Any], separator: str = "") -> Any:
    """`values|join(", ")`."""
    items = [value if isinstance(value, Markup) else str(printable(value)) for value in values]
    _fits(sum(map(len, items)) + len(str(separator)) * len(items))
    if isinstance(separator, Markup) or any(isinstance(item, Markup) for item in items):
        return Markup(escape(separator)).join(items)
    return str(separator).join(items)


def replaced(text: Any, old: str, new: str) -> Any:
    """`text|replace("a", "b")`."""
    source = text if isinstance(text, Markup) else str(text)
    _fits(len(source) + source.count(str(old)) * len(str(new)))
    return source.replace(str(old), new)


def rounded(value: Any, precision: int = 0, method: str = "common") -> Any:
    """`number|round(2)`; Jinja's own would raise ten to any power that a template names."""
    if not -10 <= precision <= 10:
        raise TooMuch("it rounds to more than 10 digits")
    return do_round(value, precision, method)  # type: ignore[arg-type]


def priced(function: Callable[..., Any], *, text: bool, each: int = 100) -> Callable[..., Any]:
    """A filter that costs a step for `each` elements or characters that it takes and gives.

    `text`: not for lists.
    """
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def bounded(*arguments: Any, **named: Any) -> Any:
        value = printable(arguments[first]) if text else arguments[first]
        result = function(*arguments, **named)
        for sized in (value, result):
            spend(1 + (len(sized) // each if isinstance(sized, str | list | tuple | dict) else 0))
        return result

    return bounded


def operate(operator: str, left: Any, right: Any) -> None:
    """Look at `left operator right` before it is calculated.

    Raises:
        TooMuch: the result would be too large, or it isn't for numbers or texts.
    """
    spend(1)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and abs(one) > NUMBER:
            raise TooMuch("it calculates with numbers that are too large")
        if isinstance(one, _SEQUENCES):
            raise TooMuch(f"{operator} is for numbers and texts")
        if isinstance(one, str) and operator == "%":
            raise TooMuch("% is for numbers; put texts together with ~")
        if isinstance(one, str) and operator == "*" and isinstance(other, int):
            _fits(len(one) * other)
        if isinstance(one, str) and operator == "+" and isinstance(other, str):
            _fits(len(one) + len(other))


def _fits(length: int) -> None:
    spend(1 + max(length, 0) // 100)
    if length > VALUE:
        raise TooMuch(f"it makes a value of more than {VALUE} characters")
