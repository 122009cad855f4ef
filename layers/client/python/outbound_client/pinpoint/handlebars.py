"""Handlebars, as Amazon Pinpoint has it, in the template language of Outbound.

What has no counterpart is told, and the template isn't carried: a body that says something else
than it did is worse than none.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound_client.pinpoint.paths import NotCarried, listed, ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TAG = re.compile(
    r"(?P<escaped>\\)?(?:\{\{(?P<comment>!--.*?--)\}\}"
    r"|\{\{\{(?P<raw>.*?)\}\}\}|\{\{(?P<plain>.*?)\}\})",
    re.DOTALL,
)
_WORD = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<sign>[()])|(?P<option>[A-Za-z]+)=|"""
    r"""(?P<number>-?[0-9]+(?:\.[0-9]+)?)(?![\w.])|(?P<path>[@\w.\[\]\-/ ]*?[@\w\]])(?=[\s()]|$))"""
)
COMPARING = {"eq": "==", "ne": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
JOINING = ("and", "or")
EQUALITIES = ("eq", "ne")


@dataclass(slots=True)
class _Body:
    """What is read of a body: the blocks that are open, and what `this` is in them."""

    defaults: Mapping[str, str]
    open: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


def converted(source: str, defaults: Mapping[str, str] | None = None) -> str:
    """A body in the language of Outbound; `defaults` are those of the template, by path.

    Raises:
        NotCarried: it has a helper or a value that has no counterpart.
    """
    body, parts, place = _Body(defaults or {}), [], 0
    for tag in _TAG.finditer(source):
        parts.append(_literal(source[place : tag.start()]))
        if tag["escaped"]:
            raise NotCarried("a tag behind a backslash has no counterpart")
        parts.append(_converted((tag["comment"] or tag["raw"] or tag["plain"]).strip(), body))
        place = tag.end()
    parts.append(_literal(source[place:]))
    if body.open:
        raise NotCarried(f"the block #{body.open[-1]} is never closed")
    return "".join(parts)


def _literal(text: str) -> str:
    return re.sub(r"\{[%#]", lambda found: f"{{{{ '{found[0]}' }}}}", text)


def _converted(tag: str, body: _Body) -> str:
    if tag.startswith("!"):
        return ""
    if tag in ("else", "^"):
        if not body.open:
            raise NotCarried("`else` stands outside of a block")
        return "{% else %}"
    if tag.startswith("/"):
        return _closed(tag[1:].strip(), body)
    words = list(_words(tag.removeprefix("#")))
    if tag.startswith("#"):
        return _opened(words, body)
    options = {name: value for kind, value, name in words if name}
    plain = [(kind, value) for kind, value, name in words if not name]
    if options:
        return _inline(plain, options, body)
    if len(plain) != 1 or plain[0][0] != "path":
        raise NotCarried(f"the helper {plain[0][1] if plain else tag} has no counterpart")
    return f"{{{{ {_value(plain[0][1], body, printed=True)} }}}}"


def _inline(words: list[tuple[str, str]], options: Mapping[str, str], body: _Body) -> str:
    """`{{eq a b yes="x" no="y"}}`."""
    if not set(options) <= {"yes", "no"}:
        raise NotCarried(f"the option {next(iter(options))} has no counterpart")
    condition = _condition(words, body)
    yes, no = (json.dumps(options.get(each, "")) for each in ("yes", "no"))
    return f"{{{{ {yes} if {condition} else {no} }}}}"


def _opened(words: list[tuple[str, str, str | None]], body: _Body) -> str:
    plain = [(kind, value) for kind, value, _ in words]
    if not plain:
        raise NotCarried("a block has no name")
    name, rest = plain[0][1], plain[1:]
    body.open.append(name)
    if name == "if":
        return f"{{% if {_condition(rest, body)} %}}"
    if name == "unless":
        return f"{{% if not ({_condition(rest, body)}) %}}"
    if name == "each" and len(rest) == 1:
        values = _value(rest[0][1], body)
        item = f"item{len(body.items) + 1}"
        body.items.append(item)
        return f"{{% for {item} in {listed(values)} %}}"
    if name in COMPARING or name in JOINING:
        return f"{{% if {_condition(plain, body)} %}}"
    raise NotCarried(f"the helper #{name} has no counterpart")


def _closed(name: str, body: _Body) -> str:
    if not body.open or body.open.pop() != name:
        raise NotCarried(f"the block /{name} closes what isn't open")
    if name != "each":
        return "{% endif %}"
    body.items.pop()
    return "{% endfor %}"


def _condition(words: list[tuple[str, str]], body: _Body) -> str:
    """A helper with its arguments, or a single value."""
    arguments, left = _arguments(words, body)
    if left or not arguments:
        raise NotCarried("a condition can't be read")
    kind, value = words[0]
    if kind == "path" and value in COMPARING and len(arguments) == 3:
        return _compared(value, arguments[1], arguments[2])
    if kind == "path" and value in JOINING and len(arguments) > 2:
        return f" {value} ".join(arguments[1:])
    if kind == "path" and value == "not" and len(arguments) == 2:
        return f"not {arguments[1]}"
    if len(arguments) == 1:
        return arguments[0]
    raise NotCarried(f"the helper {value} has no counterpart")


def _compared(helper: str, left: str, right: str) -> str:
    """A comparison as Handlebars makes it: a text that is a number is that number.

    What is missing, or isn't a number, equals none and is neither before nor behind one.
    """
    numbers = [re.fullmatch(r"-?[0-9.]+", each) is not None for each in (left, right)]
    if numbers == [False, True]:
        left = f"{left}|float({_beyond(helper, right, before=True)})"
    elif numbers == [True, False]:
        right = f"{right}|float({_beyond(helper, left, before=False)})"
    elif numbers == [False, False] and helper not in EQUALITIES:
        raise NotCarried(f"the helper {helper} of two values of which neither is a number")
    return f"{left} {COMPARING[helper]} {right}"


def _beyond(helper: str, number: str, *, before: bool) -> str:
    """A number for which a comparison with another one fails."""
    less = helper.startswith("gt") is before
    value = float(number) + (-1 if less else 1)
    return str(int(value)) if value.is_integer() else str(value)


def _arguments(
    words: list[tuple[str, str]], body: _Body
) -> tuple[list[str], list[tuple[str, str]]]:
    found: list[str] = []
    while words:
        (kind, value), *rest = words
        if kind == "sign" and value == ")":
            return found, words
        if kind == "sign":
            depth, end = 1, 0
            while depth and end < len(rest):
                depth += {"(": 1, ")": -1}.get(rest[end][1], 0) if rest[end][0] == "sign" else 0
                end += 1
            found.append(f"({_condition(rest[: end - 1], body)})")
            words = rest[end:]
            continue
        if not found and kind == "path" and value in (*COMPARING, *JOINING, "not"):
            found.append(value)
        elif kind == "path":
            found.append(f'{_value(value, body)}|default("")')
        else:
            found.append(value)
        words = rest
    return found, words


def _value(path: str, body: _Body, *, printed: bool = False) -> str:
    """A path of Pinpoint as one of ours, with the default of the template where it is printed."""
    if path in ("this", "."):
        if not body.items:
            raise NotCarried("`this` stands outside of #each")
        return body.items[-1]
    if path == "@index" and body.items:
        return "loop.index0"
    if path.startswith(("@", "this")) or "/" in path:
        raise NotCarried(f"the value {path} has no counterpart")
    names = tuple(name.strip("[]") for name in path.split("."))
    default = body.defaults.get(path)
    value = ours(names, path, must=printed and default is None)
    return f"{value}|default({json.dumps(default)})" if printed and default is not None else value


def _words(tag: str) -> Iterator[tuple[str, str, str | None]]:
    """Kind and value of each word of a tag, with the name of the option that it is for."""
    place, option = 0, None
    while place < len(tag):
        found = _WORD.match(tag, place)
        if found is None:
            raise NotCarried("a tag can't be read")
        place = found.end()
        kind = str(found.lastgroup)
        value = found[kind]
        if kind == "option":
            option = value
            continue
        if kind == "text":
            value = value[1:-1] if option else json.dumps(value[1:-1])
        yield kind, value, option
        option = None
        while place < len(tag) and tag[place].isspace():
            place += 1
