"""The variables that a template declares, and whether data has what they want."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from outbound.domain.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAME = r"^[A-Za-z][A-Za-z0-9_]{0,63}$"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?", re.ASCII)
_DATETIME = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)


class VariableType(StrEnum):
    """What a variable holds."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    URL = "url"
    LIST = "list"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; one with a `default` is never missing. None is no default and no example.

    What is `sensitive` may stand in no text, no call and no subject.
    """

    type: VariableType = VariableType.TEXT
    required: bool = True
    default: Any = None
    example: Any = None
    sensitive: bool = False


def objection(value: Any, kind: VariableType) -> str | None:
    """What a value of this type must be, if this one isn't."""
    fits, wanted = _TYPES[kind]
    return None if fits(value) else wanted


def filled(data: Mapping[str, Any], variables: Mapping[str, Variable]) -> Mapping[str, Any]:
    """The data with the defaults of what it doesn't have."""
    defaults = {
        name: variable.default
        for name, variable in variables.items()
        if variable.default is not None and name not in data
    }
    return {**data, **defaults} if defaults else data


def faults_of(data: Mapping[str, Any], variables: Mapping[str, Variable]) -> list[Fault]:
    """What the data lack, and what is of another type; `data` have their defaults already."""
    faults = []
    for name, variable in variables.items():
        pointer = f"/data/{name}"
        if name in data:
            wanted = objection(data[name], variable.type)
            if wanted is not None:
                message = f"{name} must be {wanted}."
                faults.append(Fault(pointer, "invalid_variable", message))
        elif variable.required:
            message = f"The template requires {name}, which data does not have."
            faults.append(Fault(pointer, "missing_variable", message))
    return faults


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _integer(value: Any) -> bool:
    return _number(value) and float(value).is_integer()


def _read(form: re.Pattern[str], read: Callable[[str], object]) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        if not isinstance(value, str) or not form.fullmatch(value):
            return False
        try:
            read(value)
        except ValueError:
            return False
        return True

    return fits


def _url(value: Any) -> bool:
    if not isinstance(value, str) or re.search(r"[\s\x00-\x1f<>\"]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


_TYPES: Mapping[VariableType, tuple[Callable[[Any], bool], str]] = {
    VariableType.TEXT: (lambda value: isinstance(value, str), "a text"),
    VariableType.NUMBER: (_number, "a number"),
    VariableType.INTEGER: (_integer, "a whole number"),
    VariableType.BOOLEAN: (lambda value: isinstance(value, bool), "true or false"),
    VariableType.DATE: (_read(_DATE, date.fromisoformat), "a day, like 2026-12-24"),
    VariableType.TIME: (_read(_TIME, time.fromisoformat), "a time of day, like 09:30"),
    VariableType.DATETIME: (
        _read(_DATETIME, datetime.fromisoformat),
        "an RFC 3339 time with its offset, like 2026-12-24T09:30:00Z",
    ),
    VariableType.URL: (_url, "an https link"),
    VariableType.LIST: (lambda value: isinstance(value, list), "a list"),
    VariableType.OBJECT: (lambda value: isinstance(value, dict), "an object"),
}
