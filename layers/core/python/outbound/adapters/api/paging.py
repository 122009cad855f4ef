"""Lists: limits and opaque cursors."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.ids import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LARGEST_PAGE = 100
_PLACE = re.compile(rf"[{ALPHABET}]{{20}}")


def read_limit(parameters: Mapping[str, str]) -> int:
    """The `limit` of a list: 1 to 100, else 50.

    Raises:
        Refusal: it is something else.
    """
    text = parameters.get("limit", "50")
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= LARGEST_PAGE:
        raise _wrong("limit", f"limit must be a whole number from 1 to {LARGEST_PAGE}.")
    return int(text)


def read_cursor(parameters: Mapping[str, str]) -> str | None:
    """The place behind which a page begins.

    It holds no more than a time and a hash within the contact's own partition, so a forged one
    leads nowhere else.

    Raises:
        Refusal: we didn't make it.
    """
    text = parameters.get("cursor")
    if text is None:
        return None
    try:
        place = base64.b64decode(text, altchars=b"-_", validate=True).decode()
    except ValueError:
        place = ""
    if not _PLACE.fullmatch(place):
        detail = "cursor must be the next_cursor of an earlier page."
        raise refused_at("cursor", "invalid_cursor", detail)
    return place


def cursor_of(place: str | None) -> str | None:
    """The cursor for the page behind `place`."""
    return base64.urlsafe_b64encode(place.encode()).decode() if place else None


def check_known(parameters: Mapping[str, str], known: Iterable[str]) -> None:
    """Raises Refusal when there is a parameter that this address doesn't take."""
    for name in sorted(set(parameters) - set(known)):
        takes = ", ".join(known) or "no parameters"
        raise _wrong(name[:64], f"This address takes: {takes}.")


def required(parameters: Mapping[str, str], name: str) -> str:
    """A parameter that has to be there.

    Raises:
        Refusal: it isn't.
    """
    value = parameters.get(name)
    if not value:
        raise _wrong(name, f"{name} is required.")
    return value


def read_version(parameters: Mapping[str, str]) -> int | None:
    """The `version` of a template; None is the latest.

    Raises:
        Refusal: it isn't a whole number above zero.
    """
    text = parameters.get("version")
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,7}", text):
        raise _wrong("version", "version must be a whole number from 1.")
    return int(text)


def _wrong(name: str, message: str) -> Refusal:
    return Refusal("invalid_parameter", message, Fault(name, "invalid_parameter", message))
