"""The schema of CAP 1.2 as data: which elements, in which order, how often, of which form.

It says what `CAP-v1.2.xsd` of OASIS says; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from outbound.domain.alert import Category, Certainty, Severity, Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-,+]\d\d:\d\d", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """How often an element stands, and what it holds."""

    needed: bool = False
    many: bool = False
    words: tuple[str, ...] = ()
    kind: str = "text"

    def objection(self, text: str) -> str | None:
        """What is wrong with its text."""
        if self.words and text not in self.words:
            return f"Must be one of: {', '.join(self.words)}."
        if self.kind == "time" and not _is_time(text):
            return "Must be a time with its offset, like 2026-12-24T09:00:00-05:00."
        if self.kind == "number" and not _NUMBER.fullmatch(text):
            return "Must be a number."
        if self.kind == "whole" and not _WHOLE.fullmatch(text):
            return "Must be a whole number."
        if self.needed and self.kind == "text" and not text:
            return "Must not be empty."
        return None


YEARS = range(1970, 2200)
"""Of a time: what lies beyond is none that anybody means."""


def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        return datetime.fromisoformat(text).year in YEARS
    except ValueError:
        return False


def _words(words: Iterable[str], *, many: bool = False, needed: bool = True) -> Form:
    return Form(needed=needed, many=many, words=tuple(map(str, words)))


NEEDED, MAY, ANY = Form(needed=True), Form(), Form(many=True)
TIME = Form(kind="time")
STATUS = ("Actual", "Exercise", "System", "Test", "Draft")
KIND = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPE = ("Public", "Restricted", "Private")
RESPONSE = (
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
)  # fmt: skip
NAMED: Mapping[str, Form] = {"valueName": NEEDED, "value": Form(needed=True, kind="any")}
ALERT: Mapping[str, Form] = {
    "identifier": NEEDED,
    "sender": NEEDED,
    "sent": Form(needed=True, kind="time"),
    "status": _words(STATUS),
    "msgType": _words(KIND),
    "source": MAY,
    "scope": _words(SCOPE),
    "restriction": MAY,
    "addresses": MAY,
    "code": ANY,
    "note": MAY,
    "references": MAY,
    "incidents": MAY,
    "info": ANY,
}
BLOCKS: Mapping[str, Mapping[str, Form]] = {
    "info": {
        "language": MAY,
        "category": _words(Category, many=True),
        "event": NEEDED,
        "responseType": _words(RESPONSE, many=True, needed=False),
        "urgency": _words(Urgency),
        "severity": _words(Severity),
        "certainty": _words(Certainty),
        "audience": MAY,
        "eventCode": ANY,
        "effective": TIME,
        "onset": TIME,
        "expires": TIME,
        "senderName": MAY,
        "headline": MAY,
        "description": MAY,
        "instruction": MAY,
        "web": MAY,
        "contact": MAY,
        "parameter": ANY,
        "resource": ANY,
        "area": ANY,
    },
    "resource": {
        "resourceDesc": NEEDED,
        "mimeType": NEEDED,
        "size": Form(kind="whole"),
        "uri": MAY,
        "derefUri": MAY,
        "digest": MAY,
    },
    "area": {
        "areaDesc": NEEDED,
        "polygon": ANY,
        "circle": ANY,
        "geocode": ANY,
        "altitude": Form(kind="number"),
        "ceiling": Form(kind="number"),
    },
    "eventCode": NAMED,
    "parameter": NAMED,
    "geocode": NAMED,
}
