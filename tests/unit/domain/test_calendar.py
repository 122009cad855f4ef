"""When an appointment is, and how often it was changed."""

from datetime import UTC, datetime

import pytest

from outbound.domain.calendar import PREFIX, When, WrongField, when


def bodies(**changes):
    fields = {"start": "2026-12-24T09:00:00+01:00", "duration": "PT30M", "method": "REQUEST"}
    return {
        f"{PREFIX}{name}": each for name, each in {**fields, "sequence": "0", **changes}.items()
    }


def test_an_appointment_is_in_utc_whatever_offset_it_was_written_with():
    nine, half_past = (datetime(2026, 12, 24, 8, minute, tzinfo=UTC) for minute in (0, 30))

    assert when(bodies()) == When(nine, half_past, 0)
    assert when({"text": "Hi"}) is None


def test_a_sequence_counts_changes_and_is_read_once_rendered():
    found = when(bodies(sequence=" 7 "))

    assert found is not None
    assert found.sequence == 7


@pytest.mark.parametrize("sequence", ["", "-1", "1.5", "x", "٣", "1000001", "9" * 5000])
def test_a_sequence_that_is_no_number_is_named(sequence):
    with pytest.raises(WrongField) as caught:
        when(bodies(sequence=sequence))

    assert caught.value.name == "calendar/sequence"


def test_a_cancellation_comes_after_what_it_cancels():
    with pytest.raises(WrongField, match="from 1 to 1000000"):
        when(bodies(method="CANCEL"))

    found = when(bodies(method="CANCEL", sequence="1"))
    assert found is not None
    assert found.sequence == 1
