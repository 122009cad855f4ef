"""Where the values of Amazon Pinpoint's templates are in Outbound."""

from __future__ import annotations

import json
import re

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
OWN = {
    ("User", "UserId"): "contact.id",
    ("Id",): "contact.id",
    ("Demographic", "Locale"): "contact.locale",
    ("Demographic", "Timezone"): "contact.timezone",
    ("Location", "City"): "contact.attributes.City",
    ("Location", "PostalCode"): "contact.attributes.PostalCode",
}
KEPT = (("User", "UserAttributes"), ("Attributes",), ("Metrics",))
# fmt: off
LOST = frozenset({
    "Address", "ApplicationId", "ChannelType", "CohortId", "CreationDate", "Demographic",
    "EffectiveDate", "EndpointStatus", "Location", "OptOut", "Recommendations",
    "RecommendationItems", "RequestId", "User",
})
RESERVED = frozenset({
    "and", "else", "false", "for", "if", "in", "is", "loop", "none", "not", "or", "self", "true",
})
"""Words of Jinja2's, which no value can be called there."""
# fmt: on


class NotCarried(Exception):
    """A body says something that has no counterpart."""


def ours(names: tuple[str, ...], path: str, *, must: bool) -> str:
    """A path of Pinpoint as one of ours.

    Raises:
        NotCarried: there is none.
    """
    if names in OWN:
        return OWN[names]
    for start in KEPT:
        if names[: len(start)] == start and len(names) > len(start):
            return _attribute(names[len(start) :], must=must)
    if names[0] in LOST:
        raise NotCarried(f"the value {path} has no counterpart")
    if not _NAME.fullmatch(names[0]) or names[0].lower() in RESERVED:
        raise NotCarried(f"the value {path} has no counterpart")
    return names[0] + _below(names[1:])


def listed(value: str, *, must: bool = False) -> str:
    """A value as a list, also where it is a single text, or missing and needn't be there."""
    return f"(({value},) if {value} is string else {value}{'' if must else '|default([])'})"


def _attribute(names: tuple[str, ...], *, must: bool) -> str:
    """An attribute, which was a list in Pinpoint, and is one here where it has several values.

    One that must be there is missed by its own name.
    """
    value = f"contact.attributes{_below(names[:1])}"
    if len(names) == 1:
        return value
    return f"{listed(value, must=must)}{_below(names[1:])}"


def _below(names: tuple[str, ...]) -> str:
    """Members and elements."""
    parts = []
    for name in names:
        if name.isdigit():
            parts.append(f"[{name}]")
        else:
            parts.append(f".{name}" if _NAME.fullmatch(name) else f"[{json.dumps(name)}]")
    return "".join(parts)
