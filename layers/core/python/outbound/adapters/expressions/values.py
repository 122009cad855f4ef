"""What expressions do with values. Nothing here fails: what can't be compared is not equal, and
neither before nor behind."""

from __future__ import annotations

import operator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = (int, float)
DAY = 86_400


def equal(left: Any, right: Any) -> bool:
    """What is missing equals nothing, not even what is missing too; true is no number."""
    if left is None or right is None or isinstance(left, bool) is not isinstance(right, bool):
        return False
    return bool(left == right)


def unequal(left: Any, right: Any) -> bool:
    """The opposite: what is missing differs from everything."""
    return not equal(left, right)


def ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Numbers are compared with numbers, texts with texts; all else is false."""

    def compared(left: Any, right: Any) -> bool:
        return _alike(left, right) and compare(left, right)

    return compared


def _alike(left: Any, right: Any) -> bool:
    if isinstance(left, str):
        return isinstance(right, str)
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    return isinstance(left, NUMBERS) and isinstance(right, NUMBERS)


def contained(item: Any, holder: Any) -> bool:
    """Whether a list has it, a text has it as a part, or an object has a member of that name."""
    if isinstance(holder, str | dict):
        return isinstance(item, str) and item in holder
    if isinstance(holder, list | tuple):
        return any(equal(item, each) for each in holder)
    return False


def not_contained(item: Any, holder: Any) -> bool:
    """The opposite: what is missing is in nothing, and nothing is in what is missing."""
    return not contained(item, holder)


def member(holder: Any, name: Any) -> Any:
    """A member of an object, an element of a list; None where there is none."""
    if isinstance(holder, dict) and isinstance(name, str):
        return holder.get(name)
    if isinstance(holder, list | tuple) and isinstance(name, int):
        return holder[name] if -len(holder) <= name < len(holder) else None
    return None


def lower(value: Any, _: datetime) -> Any:
    """A text in lower case."""
    return value.lower() if isinstance(value, str) else value


def upper(value: Any, _: datetime) -> Any:
    """A text in upper case."""
    return value.upper() if isinstance(value, str) else value


def trim(value: Any, _: datetime) -> Any:
    """A text without the spaces around it."""
    return value.strip() if isinstance(value, str) else value


def length(value: Any, _: datetime) -> Any:
    """Characters of a text, elements of a list, members of an object."""
    return len(value) if isinstance(value, str | list | tuple | dict) else None


def days_ago(value: Any, now: datetime) -> Any:
    """How many days ago a date or time was, with fractions; negative where it lies ahead."""
    if not isinstance(value, str):
        return None
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return (now - instant).total_seconds() / DAY
    except (ValueError, OverflowError):
        return None


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": equal,
    "ne": unequal,
    "lt": ordered(operator.lt),
    "lteq": ordered(operator.le),
    "gt": ordered(operator.gt),
    "gteq": ordered(operator.ge),
    "in": contained,
    "notin": not_contained,
}
FILTERS: dict[str, Callable[[Any, datetime], Any]] = {
    "count": length,
    "days_ago": days_ago,
    "length": length,
    "lower": lower,
    "trim": trim,
    "upper": upper,
}
TESTS: dict[str, Callable[[Any], bool]] = {
    "boolean": lambda value: isinstance(value, bool),
    "defined": lambda value: value is not None,
    "false": lambda value: value is False,
    "none": lambda value: value is None,
    "number": lambda value: isinstance(value, NUMBERS) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "true": lambda value: value is True,
    "undefined": lambda value: value is None,
}
