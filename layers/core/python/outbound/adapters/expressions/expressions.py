"""Expressions: read by Jinja's parser, compiled once, kept for the next who ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError
from jinja2.parser import Parser

from outbound.adapters.expressions.compiling import Compiler
from outbound.domain.segment import LONGEST_EXPRESSION
from outbound.ports import ExpressionFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from jinja2 import nodes

    from outbound.domain.contact import Contact


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression as a function."""

    attributes: frozenset[str]
    look: Callable[[Contact, datetime], Any]

    def __call__(self, contact: Contact, now: datetime) -> bool:
        """Whether it is true of a contact."""
        return bool(self.look(contact, now))


class JinjaExpressions:
    """Expressions of Jinja2."""

    def compile(self, expression: str) -> Compiled:
        """An expression, ready to be asked.

        Raises:
            ExpressionFault: it isn't one that we allow.
        """
        return _compiled(expression)


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Compiled:
    if len(expression) > LONGEST_EXPRESSION:
        raise ExpressionFault(f"it has more than {LONGEST_EXPRESSION} characters")
    compiler = Compiler()
    try:
        look = compiler.compile(_parsed(expression))
    except (RecursionError, MemoryError, ValueError):
        raise ExpressionFault("it is nested too deeply or too large") from None
    return Compiled(frozenset(compiler.attributes), look)


def _parsed(expression: str) -> nodes.Expr:
    try:
        parser = Parser(_environment(), expression, state="variable")
        node = parser.parse_expression()
    except TemplateSyntaxError:
        # Jinja's own words repeat what is written, and that may be somebody's address.
        raise ExpressionFault("it is not an expression of Jinja2") from None
    if not parser.stream.eos:
        raise ExpressionFault("it goes on behind its end; put parts together with and, or, not")
    return node


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(autoescape=True)
