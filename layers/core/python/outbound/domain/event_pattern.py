"""Event patterns in EventBridge's own syntax: what may stand in one, and where an event differs.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from __future__ import annotations

import json
import re
from ipaddress import ip_address, ip_network
from operator import eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LONGEST = 2_048
"""Characters as JSON, as in EventBridge."""
DEEPEST = 20
ENVELOPE = (
    "version",
    "id",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail-type",
    "detail",
)
COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lt,
    "<=": le,
    "=": eq,
    ">=": ge,
    ">": gt,
}
OR = "$or"
_MISSING: Any = object()


class PatternFault(ValueError):
    """A pattern that can't be one; `pointer` is the place in it."""

    def __init__(self, pointer: str, message: str):
        super().__init__(message)
        self.pointer = pointer


def check(pattern: Mapping[str, Any]) -> None:
    """Raises PatternFault where a pattern isn't in EventBridge's syntax."""
    if not pattern:
        raise PatternFault("", "The pattern is empty: it would match every event.")
    if len(json.dumps(pattern)) > LONGEST:
        raise PatternFault("", f"A pattern has at most {LONGEST:,} characters as JSON.")
    for name in pattern:
        if name not in (*ENVELOPE, OR):
            known = ", ".join(ENVELOPE)
            raise PatternFault(_within("", name), f"No event has this field; it has: {known}.")
    _check_node(pattern, "", 1)


def differs_at(pattern: Mapping[str, Any], body: Mapping[str, Any]) -> str | None:
    """The place in a pattern that an event doesn't match; None where it matches all of it."""
    return _differs(pattern, body, "")


def _check_node(node: object, pointer: str, depth: int) -> None:
    if depth > DEEPEST:
        raise PatternFault(pointer, f"A pattern lies at most {DEEPEST} levels deep.")
    if isinstance(node, list):
        _check_values(node, pointer)
    elif not isinstance(node, dict):
        raise PatternFault(pointer, "This must be a list of values, or an object.")
    elif not node:
        raise PatternFault(pointer, "This object is empty; leave it out.")
    else:
        for name, each in node.items():
            place = _within(pointer, name)
            if name == OR:
                _check_or(each, place, depth)
            else:
                _check_node(each, place, depth + 1)


def _check_or(value: object, pointer: str, depth: int) -> None:
    if not isinstance(value, list) or len(value) < 2:
        raise PatternFault(pointer, "$or must be a list of at least two patterns.")
    for index, each in enumerate(value):
        if not isinstance(each, dict):
            raise PatternFault(f"{pointer}/{index}", "This must be an object.")
        _check_node(each, f"{pointer}/{index}", depth + 1)


def _check_values(values: list[Any], pointer: str) -> None:
    if not values:
        raise PatternFault(pointer, "This list is empty; nothing would match it.")
    for index, each in enumerate(values):
        place = f"{pointer}/{index}"
        if isinstance(each, dict):
            _check_operator(each, place)
        elif isinstance(each, list):
            raise PatternFault(place, "A list of values holds no lists.")


def _check_operator(operator: Mapping[str, Any], pointer: str) -> None:
    if len(operator) != 1 or next(iter(operator)) not in OPERATORS:
        known = ", ".join(OPERATORS)
        raise PatternFault(pointer, f"An operator is an object with one of: {known}.")
    ((name, value),) = operator.items()
    if not _CHECKS[name](value):
        raise PatternFault(_within(pointer, name), OPERATORS[name])


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_affix(value: object) -> bool:
    return _is_text(value) or _is_one(value, ("equals-ignore-case",))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_numeric(value: object) -> bool:
    if not isinstance(value, list) or len(value) not in (2, 4):
        return False
    named = all(isinstance(each, str) and each in COMPARISONS for each in value[::2])
    return named and all(map(_is_number, value[1::2]))


def _is_network(value: object) -> bool:
    try:
        return isinstance(value, str) and ip_network(value) is not None
    except ValueError:
        return False


def _is_wildcard(value: object) -> bool:
    return isinstance(value, str) and "**" not in value


def _is_other(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and (all(map(_is_text, value)) or all(map(_is_number, value)))
    some = ("prefix", "suffix", "equals-ignore-case", "wildcard")
    return _is_text(value) or _is_number(value) or _is_one(value, some)


def _is_one(value: object, names: Sequence[str]) -> bool:
    if not isinstance(value, dict) or len(value) != 1:
        return False
    ((name, each),) = value.items()
    listed = each if isinstance(each, list) else [each]
    return name in names and bool(listed) and all(map(_is_text, listed))


OPERATORS: Mapping[str, str] = {
    "prefix": "prefix must be a text, or an object with equals-ignore-case.",
    "suffix": "suffix must be a text, or an object with equals-ignore-case.",
    "equals-ignore-case": "equals-ignore-case must be a text.",
    "anything-but": "anything-but must be a text, a number, a list of only texts or only numbers, "
    "or an object with prefix, suffix, equals-ignore-case or wildcard.",
    "numeric": 'numeric must be like [">", 0] or [">=", 0, "<", 5].',
    "exists": "exists must be true or false.",
    "cidr": "cidr must be a network, like 10.0.0.0/24.",
    "wildcard": "wildcard must be a text with single stars, like *.png.",
}
_CHECKS: Mapping[str, Callable[[object], bool]] = {
    "prefix": _is_affix,
    "suffix": _is_affix,
    "equals-ignore-case": _is_text,
    "anything-but": _is_other,
    "numeric": _is_numeric,
    "exists": lambda value: isinstance(value, bool),
    "cidr": _is_network,
    "wildcard": _is_wildcard,
}


def _differs(node: Mapping[str, Any], body: Any, pointer: str) -> str | None:
    for name, wanted in node.items():
        place = _within(pointer, name)
        if name == OR:
            if all(_differs(each, body, place) is not None for each in wanted):
                return place
            continue
        value = body.get(name, _MISSING) if isinstance(body, dict) else _MISSING
        if isinstance(wanted, dict):
            found = _differs_within(wanted, value, place)
        else:
            found = None if any(_matches(each, value) for each in wanted) else place
        if found is not None:
            return found
    return None


def _differs_within(node: Mapping[str, Any], value: Any, pointer: str) -> str | None:
    """Of a list of objects, one must match."""
    if not isinstance(value, list):
        return _differs(node, value, pointer)
    places = [_differs(node, each, pointer) for each in value] or [pointer]
    return None if None in places else places[0]


def _matches(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, dict) and "exists" in wanted:
        return (value is not _MISSING) is wanted["exists"]
    if isinstance(value, list):
        return any(_matches_one(wanted, each) for each in value)
    return value is not _MISSING and _matches_one(wanted, value)


def _matches_one(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, dict):
        return _same(wanted, value)
    ((name, argument),) = wanted.items()
    if name == "numeric":
        pairs = zip(argument[::2], argument[1::2], strict=True)
        return _is_number(value) and all(COMPARISONS[each](value, number) for each, number in pairs)
    if name == "anything-but":
        if isinstance(argument, dict):
            return not _matches_one(argument, value)
        listed = argument if isinstance(argument, list) else [argument]
        return not any(_same(each, value) for each in listed)
    listed = argument if isinstance(argument, list) else [argument]
    return isinstance(value, str) and any(_TEXTS[name](value, each) for each in listed)


def _same(wanted: Any, value: Any) -> bool:
    return isinstance(wanted, bool) is isinstance(value, bool) and bool(wanted == value)


def _affixed(test: Callable[[str, str], bool]) -> Callable[[str, Any], bool]:
    def holds(value: str, wanted: Any) -> bool:
        if isinstance(wanted, dict):
            folded = wanted["equals-ignore-case"]
            listed = folded if isinstance(folded, list) else [folded]
            return any(test(value.lower(), each.lower()) for each in listed)
        return test(value, wanted)

    return holds


def _in_network(value: str, network: str) -> bool:
    try:
        return ip_address(value) in ip_network(network)
    except ValueError:
        return False


def _like(value: str, wildcard: str) -> bool:
    parts = re.split(r"(\\\\|\\\*|\*)", wildcard)
    stars = {"*": ".*", "\\*": r"\*", "\\\\": r"\\"}
    expression = "".join(stars.get(part, re.escape(part)) for part in parts)
    return re.fullmatch(expression, value, re.DOTALL) is not None


_TEXTS: Mapping[str, Callable[[str, Any], bool]] = {
    "prefix": _affixed(str.startswith),
    "suffix": _affixed(str.endswith),
    "equals-ignore-case": lambda value, wanted: value.lower() == wanted.lower(),
    "cidr": _in_network,
    "wildcard": _like,
}


def _within(pointer: str, name: str) -> str:
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
