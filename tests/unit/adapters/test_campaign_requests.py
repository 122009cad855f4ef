"""Each limit of a campaign's fields: what is just within is taken, what is just beyond is named."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.adapters.api.campaign_answers import stated
from outbound.adapters.api.campaign_requests import read_campaign, read_patch
from outbound.domain.campaign import Pace
from outbound.domain.errors import Refusal
from outbound.domain.words import Channel

LEAST = {
    "name": "Winter",
    "channel": "email",
    "purpose": "marketing",
    "template": {"id": "offer"},
    "audience": {"segment": "all"},
}
ROUTE = {"mode": "first", "channels": ["sms", "voice"]}
LOCAL = {"local": "2027-01-11T09:00", "timezone": "Europe/Paris"}


def settings_of(**changes):
    values = {name: each for name, each in {**LEAST, **changes}.items() if each is not None}
    return read_campaign(json.dumps(values), None).settings


def variants(*names, **more):
    return [{"name": name, "template": {"id": "offer"}, **more} for name in names]


def weighing(weight):
    return [*variants("a"), *variants("b", weight=weight)]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "n" * 200},
        {"template": {"id": "offer", "version": 99_999_999}},
        {"audience": {"contact_ids": [f"con_{number}" for number in range(500)]}},
        {"exclude": {"segment": "some"}},
        {"data": {"text": "x" * 15_980}},
        {"schedule": {"at": "2027-01-11T09:00:00+01:00"}},
        {"schedule": LOCAL},
        {"schedule": {**LOCAL, "rule": "FREQ=DAILY", "until": "2027-02-01T00:00:00Z"}},
        {"expires_in": "PT5M"},
        {"expires_in": "P30D"},
        {"pace": {"per_minute": 1_000_000}},
        {"pace": {"over": "P7D"}},
        {"hold_out": 0.5},
        {"budget": {"amount": "9999999.99999"}},
        {"canary": {"share": 0.001, "wait": "PT10M"}},
        {"template": None, "variants": variants(*"abcdefghij", weight=1000)},
        {"channel": None, "route": ROUTE},
        {"channel": None, "route": {**ROUTE, "after": "PT1M"}},
        {"channel": None, "route": {**ROUTE, "channels": ["sms", "email", "voice"]}},
    ],
)
def test_what_is_within_its_limit_is_taken(changes):
    assert settings_of(**changes).name


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": None}, "/name"),
        ({"name": ""}, "/name"),
        ({"name": "n" * 201}, "/name"),
        ({"channel": "fax"}, "/channel"),
        ({"purpose": "fun"}, "/purpose"),
        ({"topic": "Not a topic!"}, "/topic"),
        ({"template": {}}, "/template/id"),
        ({"template": {"id": "Offer 1"}}, "/template/id"),
        ({"template": {"id": "offer", "version": 0}}, "/template/version"),
        ({"template": {"id": "offer", "version": 100_000_000}}, "/template/version"),
        ({"template": {"id": "offer", "version": 1.5}}, "/template/version"),
        ({"template": {"id": "offer", "body": "x"}}, "/template/body"),
        ({"template": None}, ""),
        ({"variants": variants("a", "b")}, ""),
        ({"template": None, "variants": variants("a")}, "/variants"),
        ({"template": None, "variants": variants(*"abcdefghijk")}, "/variants"),
        ({"template": None, "variants": variants("a", "a")}, "/variants"),
        ({"template": None, "variants": variants("A b", "c")}, "/variants/0/name"),
        (
            {"template": None, "variants": weighing(0)},
            "/variants/1/weight",
        ),
        (
            {"template": None, "variants": weighing(1001)},
            "/variants/1/weight",
        ),
        ({"hold_out": -0.1}, "/hold_out"),
        ({"hold_out": 0.51}, "/hold_out"),
        ({"audience": None}, "/audience"),
        ({"audience": {}}, "/audience"),
        ({"audience": {"segment": "a", "contact_ids": ["b"]}}, "/audience"),
        ({"audience": {"segment": "No Id"}}, "/audience/segment"),
        ({"audience": {"contact_ids": []}}, "/audience/contact_ids"),
        ({"audience": {"contact_ids": ["a"] * 501}}, "/audience/contact_ids"),
        ({"audience": {"contact_ids": [7]}}, "/audience/contact_ids/0"),
        ({"exclude": {}}, "/exclude"),
        ({"data": [1]}, "/data"),
        ({"data": {"text": "x" * 16_000}}, "/data"),
        ({"coupon_pool": "No Id"}, "/coupon_pool"),
        ({"schedule": {}}, "/schedule"),
        ({"schedule": {"at": "2027-01-11T09:00:00"}}, "/schedule/at"),
        ({"schedule": {"at": "tomorrow"}}, "/schedule/at"),
        ({"schedule": {"local": "2027-01-11T09:00"}}, "/schedule"),
        ({"schedule": {**LOCAL, "at": "2027-01-11T09:00:00Z"}}, "/schedule"),
        ({"schedule": {**LOCAL, "until": "2027-01-11T09:00:00Z"}}, "/schedule"),
        ({"schedule": {**LOCAL, "local": "2027-02-29T09:00"}}, "/schedule/local"),
        ({"schedule": {**LOCAL, "local": "2027-01-11T24:00"}}, "/schedule/local"),
        ({"schedule": {**LOCAL, "timezone": "Europe/Paradise"}}, "/schedule/timezone"),
        ({"schedule": {**LOCAL, "rule": ""}}, "/schedule/rule"),
        ({"schedule": {**LOCAL, "rule": "R" * 201}}, "/schedule/rule"),
        ({"expires_in": "PT4M"}, "/expires_in"),
        ({"expires_in": "P31D"}, "/expires_in"),
        ({"expires_in": "a week"}, "/expires_in"),
        ({"pace": {}}, "/pace"),
        ({"pace": {"per_minute": 1, "over": "PT1H"}}, "/pace"),
        ({"pace": {"per_minute": 0}}, "/pace/per_minute"),
        ({"pace": {"per_minute": 1_000_001}}, "/pace/per_minute"),
        ({"pace": {"over": "PT9M"}}, "/pace/over"),
        ({"pace": {"over": "P8D"}}, "/pace/over"),
        ({"budget": {"amount": 10}}, "/budget/amount"),
        ({"budget": {"amount": "-1"}}, "/budget/amount"),
        ({"budget": {"amount": "1e9"}}, "/budget/amount"),
        ({"budget": {"amount": "10000000"}}, "/budget/amount"),
        ({"budget": {"amount": "1", "currency": "EUR"}}, "/budget/currency"),
        ({"quiet_hours": "ignore"}, "/quiet_hours"),
        ({"canary": {"share": 0.0009}}, "/canary/share"),
        ({"canary": {"share": 0.51}}, "/canary/share"),
        ({"canary": {"wait": "PT1M"}}, "/canary/wait"),
        ({"needs_approval": "yes please"}, "/needs_approval"),
        ({"nmae": "Winter"}, "/nmae"),
        ({"channel": None}, ""),
        ({"route": ROUTE}, ""),
        ({"channel": None, "route": ROUTE, "coupon_pool": "spring"}, ""),
        ({"channel": None, "route": {**ROUTE, "mode": "all"}}, "/route/mode"),
        ({"channel": None, "route": {**ROUTE, "mode": "some"}}, "/route/mode"),
        ({"channel": None, "route": {**ROUTE, "channels": ["sms"]}}, "/route/channels"),
        ({"channel": None, "route": {**ROUTE, "channels": ["sms", "sms"]}}, "/route/channels"),
        ({"channel": None, "route": {**ROUTE, "after": "PT59S"}}, "/route/after"),
        ({"channel": None, "route": {**ROUTE, "after": "P8D"}}, "/route/after"),
    ],
)
def test_what_is_beyond_its_limit_is_refused_with_its_place(changes, pointer):
    with pytest.raises(Refusal) as refused:
        settings_of(**changes)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_all_channels_at_once_are_refused_with_what_to_do_instead():
    with pytest.raises(Refusal) as refused:
        settings_of(channel=None, route={**ROUTE, "mode": "all"})
    assert "make a campaign for each" in refused.value.faults[0].message


def test_a_patch_takes_a_route_for_a_channel_and_back():
    single = settings_of(template={"id": "offer", "version": 1})
    routed = read_patch(json.dumps({"route": ROUTE}), stated)(single)
    assert (routed.channel, routed.channels) == (Channel.SMS, (Channel.SMS, Channel.VOICE))
    assert stated(routed)["route"] == {**ROUTE, "after": "PT5M"}
    assert read_patch(json.dumps({"channel": "email"}), stated)(routed) == single
    assert read_patch(json.dumps({"name": "Other"}), stated)(routed).route == routed.route


def test_what_is_not_said_is_the_usual():
    settings = settings_of()
    assert (settings.expires_in, settings.pace, settings.budget) == (timedelta(days=3), None, None)
    assert (settings.hold_out, settings.canary, settings.needs_approval) == (0, None, False)


def test_a_patch_changes_what_it_names_and_takes_away_what_is_null():
    before = settings_of(pace={"per_minute": 60}, budget={"amount": "5"})

    def stated(_):
        return {**LEAST, "pace": {"per_minute": 60}, "budget": {"amount": "5"}}

    after = read_patch('{"pace": {"over": "PT1H"}, "budget": null}', stated)(before)
    assert (after.pace, after.budget) == (Pace(None, timedelta(hours=1)), None)
    assert before.budget == Decimal(5)


@pytest.mark.parametrize("text", ['{"pace": {}}', '{"hold_out": 2}', '{"unknown": 1}', "[]"])
def test_a_patch_that_is_none_is_refused_before_anything_is_read(text):
    with pytest.raises(Refusal):
        read_patch(text, lambda _: pytest.fail("read"))
