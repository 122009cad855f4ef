"""The limits that the service model states and botocore leaves to the service."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

Refuse = Callable[[str, str], Exception]


def check_model_limits(shape: Shape, value: Any, *, refuse: Refuse) -> None:
    """Raise what `refuse` makes of the first value beyond a length, range, pattern or enum."""
    for field, why in _broken_limits(shape, value, ""):
        raise refuse(field, why)


def _broken_limits(shape: Shape, value: Any, field: str) -> Iterator[tuple[str, str]]:
    yield from ((field, why) for why in _broken_here(shape, value))
    for part, inner, name in _parts(shape, value):
        yield from _broken_limits(part, inner, f"{field}.{name}" if field else name)


def _parts(shape: Shape, value: Any) -> Iterator[tuple[Shape, Any, str]]:
    if isinstance(shape, StructureShape):
        for name, inner in value.items():
            yield shape.members[name], inner, name[0].lower() + name[1:]
    elif isinstance(shape, ListShape):
        for number, inner in enumerate(value, start=1):
            yield shape.member, inner, f"{number}.member"
    elif isinstance(shape, MapShape):
        for key, inner in value.items():
            yield shape.key, key, "key"
            yield shape.value, inner, f"{key}.value"


def _broken_here(shape: Shape, value: Any) -> Iterator[str]:
    stated = shape.metadata
    number = shape.type_name in ("integer", "long", "float", "double")
    measured = value if number else len(value) if hasattr(value, "__len__") else None
    word = "value" if number else "length"
    if measured is not None and measured > stated.get("max", measured):
        yield f"Member must have {word} less than or equal to {stated['max']}"
    if measured is not None and measured < stated.get("min", measured):
        yield f"Member must have {word} greater than or equal to {stated['min']}"
    if isinstance(shape, StringShape):
        if shape.enum and value not in shape.enum:
            yield f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"
        if "pattern" in stated and not re.fullmatch(stated["pattern"], value):
            yield f"Member must satisfy regular expression pattern: {stated['pattern']}"
