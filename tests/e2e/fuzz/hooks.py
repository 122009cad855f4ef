"""How schemathesis makes values of our formats, and what it checks beside its own checks."""

from __future__ import annotations

import atexit
import base64
import json
import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET

from outbound.domain.media_types import TYPES
from outbound.domain.regions import zones

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
FORM = {"invalid_request", "invalid_parameter", "malformed_json"}
BEYOND_SCHEMAS = {
    "/phone": "a number of a country's plan",
    "/timezone": "a zone that there is",
    "/region": "a country or state that there is",
    "/attachments/": "data are a file of its type",
    "/name": "no invisible characters",
    "/default": "at most 4,000 characters",
    "/example": "at most 4,000 characters",
    "/overlap": "at most P30D",
    "/expires_in": "from PT1H to P366D; of a campaign from PT5M to P30D",
    "/at": "a day that there is, in whole minutes where it is local",
    "/offsets": "at most 366 days, and different ones",
    "/repeat": "days that there are, a rule that can be kept",
    "/calendar/duration": "from PT1M to P7D",
    "/constants/calendar.duration": "from PT1M to P7D",
    "/constants/data.": "at most 8,000 characters, and none named reminder",
    "/refill/before": "from P1D to P60D, after the first time and to come",
    "/send_at": "a day that there is, in whole minutes where it is local",
    "/schedule": "a time to come, a rule that can be kept",
    "/after": "from PT1M to P7D; of an alert from PT2M to P1D",
    "/over": "from PT10M to P7D",
    "/wait": "from PT10M to P7D",
    "/variants": "names that differ",
    "/data": "at most 32,000 characters",
    "contact_id": "or campaign_id, not both",
    "stale": "no longer than messages are kept",
}
"""What no schema says: the places where a value of the right form may still be refused."""
OF_XML = {"regions", "segment", "channels", "calls_again", "escalation", "template"}
"""Parameters of alerts in XML alone, and not all of them together."""
EXAMPLE = {
    "name": "Ada",
    "day": "Monday",
    "time": "10:00",
    "order": "A-77",
    "start": "2027-03-01T10:00:00Z",
}
"""What the templates of the document's examples ask for."""
ONE_ADDRESS, ADDRESS = {"/v1/contacts"}, "ada@example.com"
counts: Counter[tuple[str, str, str]] = Counter()
made: dict[str, str] = {}
"""The id that was made last, by the path of its collection."""

schemathesis.openapi.format(
    "phone", st.integers(0, 9999).map(lambda number: f"+1425555{number:04}")
)
schemathesis.openapi.format("email", st.from_regex(r"\A[a-z][a-z0-9]{0,9}@example\.(com|org)\Z"))
schemathesis.openapi.format(
    "mailbox",
    st.from_regex(r"\A([A-Z][a-z]{0,9} <[a-z]{1,9}@example\.com>|[a-z]{1,9}@example\.com)\Z"),
)
schemathesis.openapi.format(
    "date-time",
    st.integers(1, 300).map(lambda days: f"{TODAY + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"),
)
schemathesis.openapi.format(
    "date", st.integers(0, 30).map(lambda days: f"{TODAY - timedelta(days=days):%Y-%m-%d}")
)
schemathesis.openapi.format("duration", st.integers(1, 30).map(lambda days: f"P{days}D"))
schemathesis.openapi.format("timezone", st.sampled_from(sorted(zones())))
schemathesis.openapi.format("region", st.sampled_from(["FR", "GB", "US", "US-FL", "CA-QC"]))
schemathesis.openapi.format("ip-network", st.ip_addresses().map(str))
schemathesis.openapi.format(
    "byte", st.text("abc ", min_size=1).map(lambda text: base64.b64encode(text.encode()).decode())
)


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """The key that all of this is asked with must go on; no body is none that is wrong."""
    if case.operation.path.endswith("/rotate") and case.body is NOT_SET:
        return _mode(case) == "positive"
    return (case.path_parameters or {}).get("id") != os.environ["OUTBOUND_FUZZ_KEY_ID"]


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Count what was answered, and remember what was made."""
    name = case.operation.definition.raw["operationId"]
    counts[name, _mode(case), str(response.status_code)] += 1
    location = response.headers.get("location", [""])[0]
    made[location.rpartition("/")[0]] = location.rpartition("/")[2]


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Ask half of the time for what was made, and with what no schema says mended."""
    if _mode(case) != "positive":
        return
    collection = case.operation.path.partition("/{id}")[0]
    if case.operation.path.endswith("/messages/{id}/cancel"):
        made[collection] = _one_that_waits()
    given = case.path_parameters or {}
    if collection in made and "id" in given and counts.total() % 2:
        case.path_parameters["id"] = made[collection]
    case.body = _mended(case.body)
    if case.operation.path in ONE_ADDRESS and case.operation.method.upper() == "GET":
        case.query = _one_address(case.query or {})
    if case.query and "from" in case.query:
        case.query["from"] = _near(case.query)
    if case.query and counts.total() % 2:
        case.query.pop("dry_run", None)
    if case.headers and "Idempotency-Key" in case.headers and counts.total() % 4:
        case.headers["Idempotency-Key"] = f"fuzz-{counts.total()}"


def _near(query: dict[str, str]) -> str:
    """A first day that the last allows: no schema says which comes first, and how far away."""
    last = date.fromisoformat(query.get("to", f"{TODAY:%Y-%m-%d}"))
    first = date.fromisoformat(query["from"])
    return min(last, max(first, last - timedelta(days=30))).isoformat()


@schemathesis.check
def right_form(context: Any, response: Any, case: Any) -> None:
    """A value that the schema allows is never refused for its form."""
    if _mode(case) != "positive":
        return
    for problem in _problems(response):
        places = {fault["pointer"] for fault in problem.get("errors", ())}
        beyond = places and all(
            each in OF_XML or any(place in each for place in BEYOND_SCHEMAS) for each in places
        )
        assert problem.get("code") not in FORM or beyond, f"refused: {problem}"


@schemathesis.check
def wrong_item(context: Any, response: Any, case: Any) -> None:
    """A batch that the schema doesn't allow is refused, or one of its items is."""
    if _mode(case) == "negative" and case.operation.path.endswith(("/batch", "/v1/checks")):
        assert list(_problems(response)), "a wrong batch was accepted"


def _one_that_waits() -> str:
    """A message that can be cancelled: those that are made up have left, or been blocked."""
    answer = httpx.post(
        f"{os.environ['OUTBOUND_FUZZ_URL']}/v1/messages",
        headers={"Authorization": f"Bearer {os.environ['OUTBOUND_FUZZ_KEY']}"},
        json={
            "to": {"phone": "+14255550142"},
            "channel": "sms",
            "purpose": "transactional",
            "content": {"text": "Later."},
            "send_at": f"{TODAY + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}",
            "expires_at": f"{TODAY + timedelta(days=3):%Y-%m-%dT%H:%M:%SZ}",
        },
        timeout=60,
    )
    return str(answer.raise_for_status().json()["id"])


def _one_address(query: dict[str, Any]) -> dict[str, Any]:
    """Who asks by address names one, and nothing else."""
    if "stale" in query and counts.total() % 2:
        return {name: value for name, value in query.items() if name in ("stale", "limit")}
    query = {name: value for name, value in query.items() if name in ("email", "phone")}
    if ("email" in query) != ("phone" in query):
        return query
    return {**{name: value for name, value in query.items() if name != "phone"}, "email": ADDRESS}


def _mended(value: Any) -> Any:
    if isinstance(value, list):
        return [_mended(each) for each in value]
    if not isinstance(value, dict):
        return value
    mended = {name: _mended(each) for name, each in value.items()}
    if mended.get("send_at") and (mended.get("expires_at") or "Z") <= mended["send_at"]:
        mended["expires_at"] = None
    if "url" in mended and set(mended) <= {"url", "types"}:
        # Told of all, webhooks that lead nowhere would keep this machine busy.
        mended["types"] = ["message.complained"]
    if "purpose" in mended and "to" in mended:
        mended.pop("coupon_pool", None)
    if "purpose" in mended and isinstance(mended.get("data"), dict):
        mended["data"] = {**EXAMPLE, **mended["data"]}
    if isinstance(mended.get("name"), str) and mended.get("type") in TYPES:
        mended["name"] = f"{mended['name'][:200]}{TYPES[mended['type']].endings[0]}"
    return mended


@atexit.register
def _write() -> None:
    Path(os.environ["OUTBOUND_FUZZ_COUNTS"]).write_text(
        json.dumps([[*row, count] for row, count in counts.items()])
    )


def _mode(case: Any) -> str:
    mode = case.meta.generation.mode if case.meta else None
    return "positive" if mode is GenerationMode.POSITIVE else "negative"


def _problems(response: Any) -> Iterator[Any]:
    if response.status_code >= 400:
        yield response.json()
    elif response.headers.get("content-type", [""])[0].startswith("application/json"):
        for item in response.json().get("items", []):
            if "problem" in item:
                yield item["problem"]
