from __future__ import annotations

import pytest

from outbound.adapters.api.contract.reminder_examples import REMINDER

WHO = ("--contact", "ada", "--channel", "sms", "--purpose", "informational", "--template", "visit")


def test_the_command_reminds_of_a_moment(api, outbound):
    api.answer(201, REMINDER)

    result = outbound(
        *("reminders", "add", *WHO, "--at", "2027-01-11T09:30"),
        *("--offset=-P1D", "--offset=-PT1H", "--data", "name=Ada"),
    )

    assert result.code == 0
    assert "-PT1H" in result.out
    assert api.body(0) == {
        "contact_id": "ada",
        "channel": "sms",
        "purpose": "informational",
        "template": {"id": "visit"},
        "data": {"name": "Ada"},
        "at": "2027-01-11T09:30",
        "offsets": ["-P1D", "-PT1H"],
    }


def test_the_command_reminds_each_day(api, outbound):
    api.answer(201, REMINDER)

    outbound(
        *("reminders", "add", *WHO, "--start", "2027-01-01T08:00"),
        *("--time", "08:00", "--time", "20:00", "--days", "14", "--timezone", "Europe/Berlin"),
    )

    assert api.body(0)["repeat"] == {
        "start": "2027-01-01T08:00",
        "times": ["08:00", "20:00"],
        "days_supply": 14,
    }


def test_a_reminder_without_a_time_is_none(api, outbound):
    result = outbound("reminders", "add", *WHO)

    assert result.code != 0
    assert "Say when" in result.err
    assert api.asked == []


@pytest.mark.parametrize(
    ("words", "method"),
    [
        (("get", "rem_1"), "GET"),
        (("move", "rem_1", "2027-01-12T09:30"), "PATCH"),
        (("pause", "rem_1"), "POST"),
        (("resume", "rem_1"), "POST"),
        (("cancel", "rem_1"), "DELETE"),
    ],
)
def test_the_command_keeps_a_reminder(api, outbound, words, method):
    api.answer(200, REMINDER)

    assert "next   2027-01-10" in outbound("reminders", *words).out
    assert api.asked[0].method == method


def test_the_command_lists_reminders(api, outbound):
    api.answer(200, {"items": [REMINDER], "next_cursor": "abc"})

    result = outbound("reminders", "list", "--contact", "ada")

    assert REMINDER["id"] in result.out
    assert "--cursor abc" in result.err


def test_the_command_reminds_by_several_channels_one_after_another(api, outbound):
    api.answer(201, REMINDER)
    who = [each for each in WHO if each not in ("--channel", "sms")]
    when = ("--at", "2027-01-11T09:30", "--offset=-P1D")

    outbound("reminders", "add", *who, "--route", "sms,voice", "--after", "PT10M", *when)
    assert api.body(0)["route"] == {
        "mode": "first",
        "channels": ["sms", "voice"],
        "after": "PT10M",
    }
    assert "Say how" in outbound("reminders", "add", *who, *when).err
