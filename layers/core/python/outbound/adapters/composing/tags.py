"""The tags of a template, put away while its markup is worked on, and put back where they stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import count, zip_longest

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

_ENDS = {
    "variable_begin": "variable_end",
    "block_begin": "block_end",
    "comment_begin": "comment_end",
}
_ALONE = ("raw_begin", "raw_end")


class MarkupFault(Exception):
    """Markup that can't be used, and the line of the source where that shows."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Tag:
    """`{{ … }}`, which gives a value, or another tag, which doesn't."""

    text: str
    line: int
    gives_value: bool


@dataclass(slots=True)
class Tags:
    """The markup of a source, where a mark (a plain word) stands for each tag."""

    word: str
    markup: str = ""
    tags: list[Tag] = field(default_factory=list)
    _lines: list[tuple[int, int]] = field(default_factory=lambda: [(1, 1)])

    def line(self, line: int) -> int:
        """The line of the source that became this line of the markup."""
        began, source = self._lines[bisect_right(self._lines, (line, 10**9)) - 1]
        return source + line - began

    def marks(self) -> re.Pattern[str]:
        """Finds marks, as groups: one in a comment of its own, or one in a text or an attribute."""
        return re.compile(rf"<!--{self.word}(\d+)z-->|{self.word}(\d+)z")

    def commented(self, text: str) -> str:
        """A text whose marks of statements are comments, which may stand between any elements."""
        return self._statements(text, "<!--{}-->")

    def without_statements(self, text: str) -> str:
        """A text without the marks of tags other than `{{ … }}`."""
        return self._statements(text, "")

    def _statements(self, text: str, form: str) -> str:
        def written(found: re.Match[str]) -> str:
            gives_value = self.tags[int(found[1])].gives_value
            return found[0] if gives_value else form.format(found[0])

        return re.sub(rf"{self.word}(\d+)z", written, text)

    def restored(self, markup: str) -> str:
        """The markup with the tags of all its marks."""
        return self.marks().sub(lambda found: self.tags[int(found[1] or found[2])].text, markup)

    def check(self, before: str, after: str) -> None:
        """Raises MarkupFault when a tag got lost on the way, or one between elements was moved."""
        marks = self.marks()
        wanted, there = (
            [found[1] for found in marks.finditer(each) if found[1]] for each in (before, after)
        )
        moved = next((one for one, other in zip_longest(wanted, there) if one != other), None)
        found = {int(each[1] or each[2]) for each in marks.finditer(after)}
        for number, tag in enumerate(self.tags):
            if number not in found or str(number) == moved:
                raise MarkupFault(tag.line, f"{_short(tag.text)} can't stand here")


def put_away(source: str) -> Tags:
    """The markup of a source, without its tags.

    Raises:
        MarkupFault: it isn't a template.
    """
    lower = source.lower()
    word = next(each for n in count() if (each := f"tag{n}x") not in lower)
    found = Tags(word)
    pieces: list[str] = []
    lines, tag, began, end = 1, "", 1, ""
    try:
        for line, kind, text in Environment(keep_trailing_newline=True).lex(source):
            if end:
                tag += text
            elif kind in _ENDS:
                tag, began, end = text, line, _ENDS[kind]
            elif kind in _ALONE:
                pieces.append(_put(found, Tag(text, line, gives_value=False)))
            else:
                found._lines.append((lines, line))
                pieces.append(text)
                lines += text.count("\n")
            if end and kind == end:
                pieces.append(_put(found, Tag(tag, began, kind == "variable_end")))
                end = ""
    except TemplateSyntaxError as error:
        raise MarkupFault(error.lineno, str(error.message)) from None
    if end:
        raise MarkupFault(began, f"{_short(tag)} isn't closed")
    found.markup = "".join(pieces)
    return found


def _put(found: Tags, tag: Tag) -> str:
    found.tags.append(tag)
    return f"{found.word}{len(found.tags) - 1}z"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:37]}…"
