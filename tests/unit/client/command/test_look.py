from __future__ import annotations

import json

import pytest

from tests.unit.client.conftest import MESSAGE, TEMPLATE


def test_a_message_is_shown_with_its_timeline(api, outbound):
    timeline = [
        {"status": "accepted", "at": "2026-11-23T16:40:00.123Z", "reason": None},
        {"status": "failed", "at": "2026-11-23T16:40:02Z", "reason": "no such number"},
    ]
    api.answer(200, MESSAGE | {"status": "failed", "timeline": timeline})

    result = outbound("messages", "get", "msg_1")

    assert result.code == 0
    assert "2026-11-23 16:40:02Z  failed  no such number" in result.out


def test_a_list_says_where_the_next_page_begins(api, outbound):
    api.answer(200, {"items": [MESSAGE], "next_cursor": "c1"})

    result = outbound("messages", "list", "--contact", "con_1", "--limit", "1", "--cursor", "c0")

    assert dict(api.asked[0].url.params) == {"contact_id": "con_1", "limit": "1", "cursor": "c0"}
    assert result.out.splitlines() == [
        "ID     CREATED               CHANNEL  PURPOSE        STATUS",
        "msg_1  2026-11-23 16:40:00Z  sms      transactional  accepted",
    ]
    assert "--cursor c1" in result.err


def test_the_messages_of_a_campaign_are_listed_by_status(api, outbound):
    api.answer(200, {"items": [MESSAGE], "next_cursor": None})

    outbound("messages", "list", "--campaign", "cam_1", "--status", "failed", "--status", "blocked")

    assert dict(api.asked[0].url.params) == {"campaign_id": "cam_1", "status": "failed,blocked"}


def test_a_list_is_of_a_contact_or_a_campaign(api, outbound):
    for whose in ((), ("--contact", "ada", "--campaign", "cam_1")):
        assert (outbound("messages", "list", *whose).code, api.asked) == (2, [])


def test_a_list_as_json_is_the_page(api, outbound):
    api.answer(200, {"items": [], "next_cursor": None})

    result = outbound("messages", "list", "--contact", "con_1", "--json")

    assert result.json() == {"items": [], "next_cursor": None}


def test_a_template_is_stored_from_a_file(api, outbound, tmp_path):
    api.answer(201, TEMPLATE)
    document = {"purpose": "transactional", "channels": {"sms": {"text": "Ünïcode"}}}
    file = tmp_path / "shipped.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    result = outbound("templates", "put", "shipped", str(file))

    assert result.code == 0
    assert api.asked[0].method == "PUT"
    assert api.body() == document
    assert "version    2" in result.out


PRICES = [
    {
        "unit": "1000_emails",
        "country": None,
        "amount": "0.16",
        "carrier_fee": None,
        "currency": "USD",
        "source": "https://a.test",
        "date": "2026-08-13",
        "verified": False,
        "note": "One reading.",
    },
    {
        "unit": "voice_minute",
        "country": "US",
        "amount": "0.013",
        "carrier_fee": "0.0",
        "currency": "USD",
        "source": "cdk.json",
        "date": None,
        "verified": True,
        "note": "Set for this environment.",
    },
]


def test_prices_are_shown_with_their_sources_and_dates(api, outbound):
    api.answer(200, {"items": PRICES, "next_cursor": None})

    result = outbound("prices", "--country", "US")

    assert api.asked[0].url.path == "/v1/prices"
    assert dict(api.asked[0].url.params) == {"country": "US"}
    assert result.out.splitlines() == [
        "UNIT          COUNTRY  USD    CARRIER FEE  READ ON     VERIFIED  SOURCE",
        "1000_emails   all      0.16                2026-08-13  no        https://a.test [1]",
        "voice_minute  US       0.013  0.0                      yes       cdk.json [2]",
        "",
        "[1] One reading.",
        "[2] Set for this environment.",
    ]


def test_prices_as_json_are_the_answer(api, outbound):
    api.answer(200, {"items": PRICES, "next_cursor": None})

    assert outbound("prices", "--json").json()["items"] == PRICES


def test_a_call_is_shown_with_voice_length_and_what_its_price_holds(api, outbound):
    price = {"amount": "0.01300", "currency": "USD", "estimated": True, "carrier_fees": "unknown"}
    voice = {"voice": "JOANNA", "seconds": 23}
    api.answer(200, MESSAGE | {"channel": "voice", "sms": None, "voice": voice, "price": price})

    result = outbound("messages", "get", "msg_1")

    assert "JOANNA, about 23 s" in result.out
    assert "0.01300 USD, carrier fees unknown" in result.out


def test_a_message_without_a_price_says_why(api, outbound):
    api.answer(200, MESSAGE | {"price": None, "price_reason": "no_known_price"})

    assert "unknown (no_known_price)" in outbound("messages", "get", "msg_1").out


def test_a_template_is_shown(api, outbound):
    api.answer(200, TEMPLATE)

    assert outbound("templates", "get", "shipped", "--json").json()["version"] == 2


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (None, "No such file"),
        (b"{", "line 1"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "must be"),
        (b'{"purpose": "x"}', "must be"),
        (b'{"purpose": "x", "channels": {}, "colour": 1}', "beside channels, locale, locales"),
    ],
)
def test_a_file_that_is_no_template_is_told(api, outbound, tmp_path, content, hint):
    file = tmp_path / "shipped.json"
    if content is not None:
        file.write_bytes(content)

    result = outbound("templates", "put", "shipped", str(file))

    assert result.code == 2
    assert hint in result.err
    assert api.asked == []


HEAD = {"id": "shipped", "purpose": None, "partial": True, "latest": 3, "published": None}


def test_templates_are_listed_with_what_is_published(api, outbound):
    api.answer(200, {"items": [HEAD], "next_cursor": "c1"})

    result = outbound("templates", "list", "--limit", "1")

    assert api.asked[0].url.raw_path == b"/v1/templates?limit=1"
    assert result.out.splitlines() == [
        "ID       PURPOSE  LATEST  PUBLISHED",
        "shipped  partial  3       none",
    ]
    assert "--cursor c1" in result.err


def test_versions_are_listed(api, outbound):
    version = {"version": 2, "published": True, "created_at": "2026-11-23T16:40:00.123Z"}
    api.answer(200, {"items": [version, version | {"version": 1, "published": False}]})

    result = outbound("templates", "versions", "shipped")

    assert api.asked[0].url.raw_path == b"/v1/templates/shipped/versions"
    assert [line.split() for line in result.out.splitlines()[1:]] == [
        ["2", "2026-11-23", "16:40:00Z", "published"],
        ["1", "2026-11-23", "16:40:00Z"],
    ]


def test_a_version_is_published_and_a_template_withdrawn(api, outbound):
    api.answer(200, TEMPLATE)
    api.answer(200, HEAD)

    assert "published  yes" in outbound("templates", "publish", "shipped", "2").out
    assert "published  none" in outbound("templates", "withdraw", "shipped").out

    assert [(each.method, each.url.path) for each in api.asked] == [
        ("POST", "/v1/templates/shipped/publish"),
        ("DELETE", "/v1/templates/shipped"),
    ]


@pytest.mark.parametrize("arguments", [("list",), ("versions", "shipped")])
def test_lists_of_templates_are_json_if_wanted(api, outbound, arguments):
    api.answer(200, {"items": [], "next_cursor": None})

    assert outbound("templates", *arguments, "--json").json()["items"] == []
