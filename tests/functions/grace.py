"""Somebody of whom every table holds something."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from functions.expand.handler import handler as expand
from functions.inbound.handler import handler as inbound
from functions.pages.handler import handler as pages
from functions.schedule.handler import handler as schedule
from outbound.adapters.api.contract.alert_examples import WANTED
from outbound.domain.ids import address_key, contact_key
from outbound.domain.tester import code_of
from outbound.wiring import intake as wiring
from outbound.wiring import process
from tests.aws import PAGES, SECRET
from tests.functions.conftest import CONTEXT, PURPOSES, event
from tests.functions.test_campaigns import SLOW, records
from tests.functions.test_imports import upload
from tests.functions.test_imports import work as read_files
from tests.functions.test_people_pages import form_of, links_of, newsletter
from tests.functions.test_people_pages import visit as see
from tests.texts import envelope, payload, queue_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functions.conftest import Api

EMAIL, PHONE, NAME = "grace.export@example.com", "+14255554711", "grace-export"
OLD_EMAIL, NEW_EMAIL = "old.grace@example.com", "new.grace@example.org"
LETTER, OLD_LETTER = "letter of Grace", "earlier letter of Grace"
YES = {
    "status": "granted",
    "level": "express_written",
    "source": "form",
    "wording": "Send me offers.",
    "proof": "form 12",
}
PERSON = {
    "email": EMAIL,
    "phone": PHONE,
    "region": "US-FL",
    "consents": {channel: {"marketing": YES} for channel in ("email", "sms")},
}
MESSAGE = {
    "to": {"contact_id": NAME},
    "channel": "sms",
    "purpose": "healthcare",
    "topic": "teas",
    "content": {"text": 'Acme: {{ what }} with {{ coupon }}. {{ "https://acme.test/tea"|short }}'},
    "data": {"what": "camomile"},
    "coupon_pool": "grace",
}
FILE = {
    "name": "letter.pdf",
    "type": "application/pdf",
    "size": 10,
    "sha256": "0" * 64,
    "contact_id": NAME,
}
NEWS = {
    "name": "News",
    "channel": "sms",
    "purpose": "informational",
    "template": {"id": "news"},
    "audience": {"contact_ids": [NAME]},
}
ADDRESSES = (EMAIL, PHONE, OLD_EMAIL, NEW_EMAIL)
SAID = frozenset({NAME, EMAIL, PHONE, OLD_EMAIL, NEW_EMAIL, LETTER, OLD_LETTER})
"""What is hers, as she would write it."""


def keys() -> frozenset[str]:
    """What stands for her in keys of tables."""
    secret = SECRET.encode()
    addresses = {address_key(secret, "acme", each) for each in ADDRESSES}
    return frozenset({*addresses, contact_key(secret, "acme", NAME)})


def make_grace(api: Api) -> str:
    """Have all of it happen; the id of a message of hers."""
    ask = _asking(api, "ada")
    _had_another_address(ask)
    ask("PUT", f"/v1/contacts/{NAME}", PERSON)
    with pytest.MonkeyPatch.context() as patch:
        message = _is_written_to(api, ask, patch)
        _reads_an_alert(api, ask, patch)
        _asks_for_another_address(api, ask, patch)
    _is_reminded(api, ask)
    _is_looked_after(ask)
    _is_imported(api, ask)
    _stands_in_a_run_and_its_export(api, ask)
    inbound(queue_event(envelope(payload(originationNumber=PHONE, inboundMessageId="g"))), CONTEXT)
    ask("POST", "/v1/media", FILE)
    return message


def _asking(api: Api, person: str) -> Callable[..., Any]:
    key = api.make_key(purposes=[*PURPOSES, "emergency"], person=person)["secret"]

    def ask(method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = api.ask(method, path, body, key=key, **more)
        assert answer.status < 300, answer.body
        return answer

    return ask


def _had_another_address(ask: Callable[..., Any]) -> None:
    ask("PUT", f"/v1/contacts/{NAME}", {"email": OLD_EMAIL})
    address = {"email": OLD_EMAIL, "reason": "manual"}
    ask("PUT", "/v1/suppressions", {**address, "source": "letter"})
    ask("DELETE", "/v1/suppressions", {**address, "proof": OLD_LETTER})


def _is_written_to(api: Api, ask: Callable[..., Any], patch: pytest.MonkeyPatch) -> str:
    ask("PUT", "/v1/coupon-pools/grace", {})
    ask("POST", "/v1/coupon-pools/grace/codes", {"codes": ["GRACE-1"]})
    sent = ask("POST", "/v1/messages", MESSAGE, headers={"idempotency-key": "grace"})
    api.work_off("sms", patch)
    api.feed_back()
    return str(sent.body["id"])


def _reads_an_alert(api: Api, ask: Callable[..., Any], patch: pytest.MonkeyPatch) -> None:
    ask("PUT", "/v1/segments/hers", {"contact_ids": [NAME, "bob"]})
    wanted = {"status": "Actual", "target": {"segment": "hers"}, "escalation": []}
    alert = ask("POST", "/v1/alerts", {**WANTED, **wanted, "channels": ["sms"]})
    _asking(api, "eve")("POST", f"{alert.headers['location']}/approve")
    _expand(api.account.alerts_queue)
    api.carrier.outbox.clear()
    api.work_off("sms", patch, "critical")
    [text] = api.carrier.outbox.items()
    [path] = re.findall(rf"{PAGES}(/l/\S+)", text.text or "")
    place = see(path, user_agent="Mozilla/5.0 (iPhone)").headers["location"]
    read = pages(event("POST", f"/e/{place.removeprefix('../e/')}", "", {}, {}), CONTEXT)
    assert read["statusCode"] == 200


def _asks_for_another_address(api: Api, ask: Callable[..., Any], patch: pytest.MonkeyPatch) -> None:
    ask("POST", "/v1/messages", {**newsletter(NAME, "garden"), "purpose": "informational"})
    api.carrier.outbox.clear()
    api.work_off("email", patch)
    [email] = api.carrier.outbox.items()
    centre = links_of(email.text)[1]
    form, _ = form_of(see(centre))
    wish = {"version": form["version"], "email": NEW_EMAIL, "correct": "yes"}
    assert see(centre, "POST", wish).status == 200


def _is_reminded(api: Api, ask: Callable[..., Any]) -> None:
    text = {"sms": {"text": "Visit on {{ reminder.local }}"}}
    ask("PUT", "/v1/templates/visit", {"purpose": "informational", "channels": text})
    visit = {
        "contact_id": NAME,
        "channel": "sms",
        "purpose": "informational",
        "template": {"id": "visit"},
        "at": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
        "offsets": ["-P1D"],
    }
    ask("POST", "/v1/reminders", visit)
    schedule({"Records": records(api.account.reminders_queue)}, CONTEXT)


def _is_looked_after(ask: Callable[..., Any]) -> None:
    """A no by hand that is taken back, and tests of templates."""
    address = {"phone": PHONE, "reason": "manual"}
    ask("PUT", "/v1/suppressions", {**address, "source": "letter"})
    ask("DELETE", "/v1/suppressions", {**address, "proof": LETTER})
    ask("PUT", "/v1/testers/grace", {"phone": PHONE})
    [tester] = wiring.tester_ports().testers.all("acme").testers
    code = code_of(process.secret(), "acme", tester)
    ask("POST", "/v1/testers/grace/verify", {"code": code})


def _is_imported(api: Api, ask: Callable[..., Any]) -> None:
    made = ask("POST", "/v1/imports", {"format": "csv"})
    upload(made, f"id,email,phone\n{NAME},nobody,{PHONE}\n")
    ask("POST", f"/v1/imports/{made.body['id']}/start")
    read_files(api)


def _stands_in_a_run_and_its_export(api: Api, ask: Callable[..., Any]) -> None:
    """A run that was read, of which nothing has left yet."""
    news = {"purpose": "informational", "channels": {"sms": {"text": "News of Acme"}}}
    ask("PUT", "/v1/templates/news", news)
    path = f"/v1/campaigns/{ask('POST', '/v1/campaigns', NEWS).body['id']}"
    ask("POST", f"{path}/launch")
    _expand(api.account.expand_queue)
    ask("POST", f"{path}/report/export")
    _expand(api.account.expand_queue)
    assert ask("GET", f"{path}/report/export").body["state"] == "finished"


def _expand(queue: str) -> None:
    while found := records(queue):
        for each in found:
            assert expand({"Records": [each]}, SLOW) == {"batchItemFailures": []}
