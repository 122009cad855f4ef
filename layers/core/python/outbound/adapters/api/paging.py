"""Lists: limits and opaque cursors."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.ids import ALPHABET
from outbound.domain.message import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LARGEST_PAGE = 100
_PLACE = re.compile(rf"[{ALPHABET}]{{20}}")
_RUN_ID = re.compile(rf"run_[{ALPHABET}]{{20}}")
_RUN_PLACE = re.compile(rf"run_[{ALPHABET}]{{20}} (-|[0-9TZ:.#a-z-]{{20,60}}) [0-9]{{1,2}}")


_PROGRAMME_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_SEGMENT_ID = _PROGRAMME_ID
_ADDRESS_KEY = re.compile(rf"[{ALPHABET}]{{26}}")


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
    return decoded(parameters, _PLACE)


def decoded(parameters: Mapping[str, str], form: re.Pattern[str]) -> str | None:
    """The place that a cursor holds, if it has this form.

    Raises:
        Refusal: we didn't make the cursor.
    """
    text = parameters.get("cursor")
    if text is None:
        return None
    try:
        place = base64.b64decode(text, altchars=b"-_", validate=True).decode()
    except ValueError:
        place = ""
    if not form.fullmatch(place):
        detail = "cursor must be the next_cursor of an earlier page."
        raise refused_at("cursor", "invalid_cursor", detail)
    return place


def read_place(parameters: Mapping[str, str]) -> str | None:
    """The keyed digest of an address behind which a page begins.

    Raises:
        Refusal: we didn't make the cursor.
    """
    return decoded(parameters, _ADDRESS_KEY)


def read_run_cursor(parameters: Mapping[str, str]) -> str | None:
    """The place within a campaign's runs behind which a page begins.

    It says nothing but which chunk of a run of this campaign was shown, so a forged one leads
    nowhere else.

    Raises:
        Refusal: we didn't make it.
    """
    return decoded(parameters, _RUN_PLACE)


def read_run_id(parameters: Mapping[str, str]) -> str | None:
    """The `run_id` of a request about one run of a campaign.

    Raises:
        Refusal: it has another form than the ids of runs.
    """
    text = parameters.get("run_id")
    if text is not None and not _RUN_ID.fullmatch(text):
        raise _wrong("run_id", "run_id must be the id of a run, as the report has it.")
    return text


def read_campaign_cursor(parameters: Mapping[str, str]) -> str | None:
    """The id of the campaign behind which a page begins.

    Raises:
        Refusal: the cursor isn't of an earlier page.
    """
    place = read_cursor(parameters)
    return f"cam_{place}" if place else None


def campaign_cursor_of(campaign_id: str | None) -> str | None:
    """The cursor for the page behind a campaign."""
    return cursor_of(campaign_id.removeprefix("cam_")) if campaign_id else None


def read_alert_cursor(parameters: Mapping[str, str]) -> str | None:
    """The id of the alert behind which a page begins.

    Raises:
        Refusal: the cursor isn't of an earlier page.
    """
    place = read_cursor(parameters)
    return f"alt_{place}" if place else None


def alert_cursor_of(alert_id: str | None) -> str | None:
    """The cursor for the page behind an alert."""
    return cursor_of(alert_id.removeprefix("alt_")) if alert_id else None


def read_import_cursor(parameters: Mapping[str, str]) -> str | None:
    """The id of the import behind which a page begins.

    Raises:
        Refusal: the cursor isn't of an earlier page.
    """
    place = read_cursor(parameters)
    return f"imp_{place}" if place else None


def read_programme_cursor(parameters: Mapping[str, str]) -> str | None:
    """The id of the programme behind which a page begins.

    Raises:
        Refusal: we didn't make the cursor.
    """
    return decoded(parameters, _PROGRAMME_ID)


def read_segment_cursor(parameters: Mapping[str, str]) -> str | None:
    """The id of the segment behind which a page begins.

    Raises:
        Refusal: we didn't make the cursor.
    """
    return decoded(parameters, _SEGMENT_ID)


def read_key_cursor(parameters: Mapping[str, str]) -> str | None:
    """The id of the key behind which a page begins.

    Raises:
        Refusal: the cursor isn't of an earlier page.
    """
    place = read_cursor(parameters)
    return f"key_{place}" if place else None


def key_cursor_of(key_id: str | None) -> str | None:
    """The cursor for the page behind a key."""
    return cursor_of(key_id.removeprefix("key_")) if key_id else None


def cursor_of(place: str | None) -> str | None:
    """The cursor for the page behind `place`."""
    return base64.urlsafe_b64encode(place.encode()).decode() if place else None


def check_known(parameters: Mapping[str, str], known: Iterable[str]) -> None:
    """Raises Refusal when there is a parameter that this address doesn't take."""
    for name in sorted(set(parameters) - set(known)):
        takes = ", ".join(known) or "no parameters"
        raise _wrong(name[:64], f"This address takes: {takes}.")


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


def read_flag(parameters: Mapping[str, str], name: str) -> bool:
    """A parameter that is `true` or `false`, else false.

    Raises:
        Refusal: it is something else.
    """
    text = parameters.get(name, "false")
    if text not in ("true", "false"):
        raise _wrong(name, f"{name} must be true or false.")
    return text == "true"


def read_statuses(parameters: Mapping[str, str]) -> frozenset[Status]:
    """The `status` of a list: one, or several with commas between them; else all.

    Raises:
        Refusal: one of them is none.
    """
    text = parameters.get("status")
    if text is None:
        return frozenset(Status)
    try:
        return frozenset(Status(each) for each in text.split(","))
    except ValueError:
        known = ", ".join(Status)
        raise _wrong("status", f"status must be one or more of: {known}.") from None


def one_of(parameters: Mapping[str, str], *names: str) -> str:
    """The name of the one parameter of these that is there.

    Raises:
        Refusal: there is none of them, or more than one.
    """
    given = [name for name in names if parameters.get(name)]
    if len(given) != 1:
        raise _wrong(names[0], f"Exactly one of {' and '.join(names)} is required.")
    return given[0]


def _wrong(name: str, message: str) -> Refusal:
    return Refusal("invalid_parameter", message, Fault(name, "invalid_parameter", message))
