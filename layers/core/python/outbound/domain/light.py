"""Frozen dataclasses of which many are made: those of each recipient of a campaign."""

from __future__ import annotations

from dataclasses import fields, make_dataclass
from typing import Any, TypeVar

T = TypeVar("T")
AFTER = "__post_init__"


def light(cls: type[T]) -> type[T]:
    """The class with `__init__` of one that isn't frozen, which takes a fifth of the time.

    A frozen class sets each field by a call, past its own guard. Here nothing guards it while it
    runs: that nobody sets a field is the type checker's to hold, for whom nothing changes.
    """
    made: Any = cls
    given = [(each.name, each.type, each) for each in fields(made)]
    after = {AFTER: getattr(made, AFTER)} if hasattr(made, AFTER) else {}
    twin: Any = make_dataclass(
        made.__name__, given, namespace=after, repr=False, eq=False, slots=True
    )
    made.__init__ = twin.__init__
    del made.__setattr__, made.__delattr__
    return cls
