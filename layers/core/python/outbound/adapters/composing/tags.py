"""The tags of a template, put away while its markup is worked on, and put back where they stood."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import count, zip_longest
from typing import TYPE_CHECKING

from outbound.adapters.composing.pieces import MarkupFault, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.adapters.composing.pieces import Piece


@dataclass(slots=True)
class Tags:
    """The markup of a source, where a mark (a plain word) stands for each tag."""

    word: str
    markup: str = ""
    tags: list[Piece] = field(default_factory=list)
    _lines: list[tuple[int, int]] = field(default_factory=lambda: [(1, 1)])

    def line(self, line: int) -> int:
        """The line of the source that became this line of the markup."""
        last = bisect_right(self._lines, (line, 10**9)) - 1
        first = max(0, bisect_left(self._lines, (line, 0)) - 1)
        # Where several stretches share a line, those of a layout have the line that names it.
        return max(source + line - began for began, source in self._lines[first : last + 1])

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
                raise MarkupFault(tag.line, f"{short(tag.text)} can't stand here")


def put_away(pieces: Sequence[Piece]) -> Tags:
    """The markup of a source, without its tags."""
    lower = "".join(piece.text for piece in pieces).lower()
    word = next(each for n in count() if (each := f"tag{n}x") not in lower)
    found = Tags(word)
    markup, lines = [], 1
    for piece in pieces:
        if piece.is_tag:
            markup.append(f"{word}{len(found.tags)}z")
            found.tags.append(piece)
        else:
            found._lines.append((lines, piece.line))
            markup.append(piece.text)
            lines += piece.text.count("\n")
    found.markup = "".join(markup)
    return found
