"""The file that goes with an appointment: invited, changed, called off."""

from typing import Any

import pytest
from icalendar import Calendar

from outbound.adapters.carriers.attachments import read_attachments
from outbound.domain.ids import MessageRef
from outbound.domain.words import Purpose
from outbound.ports import Outgoing
from tests.builders import EMAIL

REF = MessageRef("acme", "msg_" + "0" * 36)
FIELDS = {
    "start": "2026-12-24T09:00:00+01:00",
    "duration": "PT30M",
    "summary": "Dr Lovelace",
    "organizer": "clinic@example.com",
    "uid": "A-77@example.com",
    "method": "REQUEST",
    "sequence": "0",
}


@pytest.fixture
def invite():
    def invite(**changes: str) -> Any:
        fields = {f"calendar/{name}": text for name, text in {**FIELDS, **changes}.items()}
        outgoing = Outgoing(REF, 1, EMAIL, Purpose.INFORMATIONAL, {"subject": "x", **fields})
        (file,) = read_attachments(outgoing, None)
        calendar = Calendar.from_ical(file["RawContent"])
        (event,) = calendar.walk("VEVENT")
        return file, calendar, event

    return invite


def test_a_change_keeps_the_uid_and_counts_on(invite):
    _, _, first = invite()
    file, calendar, second = invite(start="2026-12-24T10:00:00+01:00", sequence="1")

    assert (first["UID"], first["SEQUENCE"]) == ("A-77@example.com", 0)
    assert (second["UID"], second["SEQUENCE"]) == ("A-77@example.com", 1)
    assert second["STATUS"] == "CONFIRMED"
    assert calendar["METHOD"] == "REQUEST"
    assert file["ContentType"] == "text/calendar; method=REQUEST; charset=UTF-8"


def test_a_cancellation_says_so_three_times(invite):
    file, calendar, event = invite(method="CANCEL", sequence="2")

    assert (event["UID"], event["SEQUENCE"]) == ("A-77@example.com", 2)
    assert event["STATUS"] == "CANCELLED"
    assert calendar["METHOD"] == "CANCEL"
    assert file["ContentType"] == "text/calendar; method=CANCEL; charset=UTF-8"
    assert event["ORGANIZER"] == "mailto:clinic@example.com"
    assert "RSVP" not in event["ATTENDEE"].params


def test_times_are_in_utc_and_need_no_time_zone(invite):
    file, calendar, _ = invite()

    assert b"DTSTART:20261224T080000Z" in file["RawContent"]
    assert not calendar.walk("VTIMEZONE")
