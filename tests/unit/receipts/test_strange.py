"""Receipts with anything in them: read, or refused in a way that the batch expects."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outbound.adapters.receipts.envelope import from_log_event, from_queue
from outbound.domain.receipt import Receipt
from tests.unit.receipts.events import (
    bounce,
    email_event,
    log_event,
    log_line,
    phone_event,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)
EVENTS = st.sampled_from(
    [
        email_event("Delivery", "delivery"),
        email_event("Complaint", "complaint", complaintFeedbackType="abuse"),
        email_event("Reject", "reject", reason="Bad content"),
        bounce("Permanent", "General"),
        phone_event("TEXT_DELIVERED"),
        phone_event("VOICE_BUSY"),
    ]
)


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*path, name))


@st.composite
def spoilt(draw, events):
    """An event in which one thing is missing or something else."""
    event = copy.deepcopy(draw(events))
    *path, last = draw(st.sampled_from([path for path in places(event) if path]))
    holder = event
    for name in path:
        holder = holder[name]
    if draw(st.booleans()):
        del holder[last]
    else:
        holder[last] = draw(ANYTHING)
    return event


@given(spoilt(EVENTS))
def test_a_spoilt_event_is_read_or_refused(event):
    try:
        receipt, tries = from_queue(json.dumps(event))
    except (ValueError, LookupError, TypeError):
        return
    assert receipt is None or isinstance(receipt, Receipt)
    assert tries == 0


@given(ANYTHING)
def test_anything_in_the_queue_is_read_or_refused(value):
    with pytest.raises((ValueError, LookupError, TypeError)):
        from_queue(json.dumps(value))


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "\0"])
def test_what_is_no_json_is_refused(body):
    with pytest.raises(ValueError):
        from_queue(body)


@pytest.mark.parametrize("timestamp", [10**30, -(10**30), 1e300])
def test_a_time_beyond_all_times_is_refused(timestamp):
    with pytest.raises(ValueError, match="not a receipt"):
        from_queue(json.dumps(phone_event("TEXT_DELIVERED", eventTimestamp=timestamp)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt(st.just(log_line("Invalid phone number"))))
def test_a_spoilt_line_does_not_hold_up_the_others(line):
    event = log_event("no JSON", json.dumps(line), json.dumps(log_line("Phone has blocked SMS")))
    *_, last = from_log_event(event)
    assert last.code == "Phone has blocked SMS"


def test_a_message_of_control_holds_no_receipts():
    assert list(from_log_event(log_event("CWL CONTROL MESSAGE", kind="CONTROL_MESSAGE"))) == []
