"""All that our code writes where operators read it, and what of it is personal."""

from __future__ import annotations

import builtins
import logging
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound.adapters.log import logger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHAPES = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+|%2B)\d{7,15}")
"""An email address, a phone number."""
EMAIL, PHONE = "philippa.quince@example.com", "+14255559172"
MARKS = ("philippa", "quince", "55559172", "persimmon", "Ph1lippa")
"""Parts of a person's name, addresses and words, which nothing else has."""


def personal_in(lines: Iterable[str]) -> list[str]:
    """Those with something personal."""
    return [
        line
        for line in lines
        if SHAPES.search(line) or any(mark.lower() in line.lower() for mark in MARKS)
    ]


@dataclass
class Watch:
    """Lines of log (with whatever text libraries add), metrics, exceptions."""

    lines: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """As a stream does it: also to where it would have gone, which tests may look at."""
        self.lines.append(text)
        sys.stdout.write(text)

    def flush(self) -> None:
        sys.stdout.flush()

    def personal(self) -> list[str]:
        """The lines with something personal."""
        return personal_in(self.lines)


class _Library(logging.Handler):
    """Keeps what loggers other than ours would write, exceptions included."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch until the end of the block."""
    watch = Watch()
    ours: Any = logger().registered_handler
    stream, show, library = ours.setStream(watch), builtins.print, _Library(watch.lines)

    def noting(*values: Any, **named: Any) -> None:
        # Metrics are printed, as JSON with this key; what else is printed is a test's.
        watch.lines.extend(text for text in map(str, values) if "_aws" in text)
        show(*values, **named)

    builtins.print = noting
    logging.getLogger().addHandler(library)
    try:
        yield watch
    finally:
        logging.getLogger().removeHandler(library)
        builtins.print = show
        ours.setStream(stream)
