from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from outbound.adapters.api.contract.checks import LISTED as ON_LIST
from outbound.adapters.api.contract.checks import REASSIGNED, REFUSED
from outbound.adapters.api.contract.contact_examples import CONTACT, DECIDED
from outbound.adapters.api.contract.permission import LISTED, PAGE

OF_NOBODY: dict[str, Any] = REFUSED
BOTH = {"email": "ada@example.com", "phone": "+14255550123"}
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_suppressions_come_page_by_page_as_digests(api, client):
    api.answer(200, PAGE | {"next_cursor": "more"})
    page = client.list_suppressions(limit=1, cursor="here")
    assert page.items[0].address_key == "5m2c9vd0t7wq1x8ehz4k5m2c9v"
    assert (page.items[0].reasons[0].reason, page.next_cursor) == ("bounced", "more")
    assert dict(api.asked[0].url.params) == {"limit": "1", "cursor": "here"}


def test_what_stands_against_an_address_is_found(api, client):
    api.answer(200, LISTED)
    (standing,) = client.find_suppressions(phone="+14255550123")
    assert (standing.source, standing.purposes) == ("ses 5.1.1", None)
    assert api.asked[0].url.raw_path.endswith(b"/v1/suppressions?phone=%2B14255550123")


def test_an_address_is_stopped(api, client):
    api.answer(200, LISTED)
    assert client.put_suppression(
        email="ada@example.com", reason="manual", purposes=("marketing",), expires_at=AT
    )
    assert api.asked[0].method == "PUT"
    assert api.body() == {
        "email": "ada@example.com",
        "reason": "manual",
        "purposes": ["marketing"],
        "expires_at": "2026-11-20T10:00:00.000Z",
    }


def test_one_reason_is_taken_back_with_the_proof_of_its_owner(api, client):
    api.answer(200, {"items": [], "next_cursor": None})
    assert client.lift_suppression("opted_out", phone="+14255550123", proof="call 4711") == ()
    assert api.asked[0].method == "DELETE"
    assert api.body() == {"phone": "+14255550123", "reason": "opted_out", "proof": "call 4711"}


@pytest.mark.parametrize("addresses", [{}, BOTH])
def test_a_suppression_is_of_exactly_one_address(api, client, addresses):
    for ask in (
        client.find_suppressions,
        client.put_suppression,
        lambda **named: client.lift_suppression("manual", **named),
    ):
        with pytest.raises(ValueError, match="exactly one"):
            ask(**addresses)
    assert api.asked == []


def test_the_gate_is_asked_for_contacts_at_a_time(api, client):
    unknown = {"contact_id": "bob", "problem": OF_NOBODY["problem"]}
    api.answer(200, {"items": [*DECIDED["items"], unknown]})
    ada, bob = client.decide(("ada", "bob"), channel="sms", purpose="marketing", at=AT)
    assert (ada.decision.verdict, ada.decision.reason) == ("defer", "outside_hours")
    assert (bob.decision, bob.problem.code) == (None, "unknown_contact")
    assert api.body() == {
        "contact_ids": ["ada", "bob"],
        "channel": "sms",
        "purpose": "marketing",
        "at": "2026-11-20T10:00:00.000Z",
    }


def test_what_a_contact_has_said_is_added(api, client):
    api.answer(200, CONTACT)
    yes = {"status": "granted", "level": "express", "source": "web form", "at": AT}
    client.put_consents("ada", {"sms": {"marketing": [yes], "healthcare": yes}})
    said = yes | {"at": "2026-11-20T10:00:00.000Z"}
    assert api.asked[0].url.path == "/stage/v1/contacts/ada/consents"
    assert api.body() == {"consents": {"sms": {"marketing": [said], "healthcare": said}}}


def test_a_no_that_came_another_way_is_passed_on(api, client):
    api.answer(200, CONTACT)
    client.revoke_consents("ada", source="letter", channels=("sms", "voice"))
    assert (api.asked[0].method, api.asked[0].url.path) == (
        "POST",
        "/stage/v1/contacts/ada/revocations",
    )
    assert api.body() == {"source": "letter", "channels": ["sms", "voice"]}


def test_a_look_up_of_a_contact_s_number_is_recorded(api, client):
    api.answer(200, CONTACT)
    contact = client.put_contact_checks("ada", [REASSIGNED | {"since": date(2026, 9, 1)}])
    assert (contact.phones[0].checks[0].kind, contact.phones[0].checks[0].since) == (
        "reassigned",
        date(2026, 9, 1),
    )
    assert api.asked[0].url.path == "/stage/v1/contacts/ada/checks"
    assert api.body() == {"checks": [REASSIGNED]}


def test_each_look_up_is_kept_or_refused_for_itself(api, client):
    api.answer(200, {"items": [{"index": 0, "contacts": 2}, OF_NOBODY]})
    kept, refused = client.put_checks([REASSIGNED, ON_LIST])
    assert (kept.contacts, kept.problem) == (2, None)
    assert (refused.index, refused.contacts, refused.problem.code) == (1, None, "unknown_contact")
    assert (api.asked[0].method, api.body()) == ("PUT", {"checks": [REASSIGNED, ON_LIST]})
