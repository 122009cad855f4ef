"""What providers report, in whatever order it comes, ends alike."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.receipts.envelope import from_queue
from outbound.domain.words import Channel
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from tests.builders import TENANT, make_body, make_message, ref_of
from tests.memory import World
from tests.unit.receipts.events import bounce, email_event, phone_event

EVENTS = {
    "delivery": email_event("Delivery", "delivery"),
    "soft": bounce("Transient", "MailboxFull"),
    "hard": bounce("Permanent", "General"),
    "complaint": email_event("Complaint", "complaint", complaintFeedbackType="abuse"),
    "not spam": email_event("Complaint", "complaint", complaintFeedbackType="not-spam"),
    "reject": email_event("Reject", "reject", reason="Bad content"),
    "send": email_event("Send"),
    "delay": email_event("DeliveryDelay", "deliveryDelay", delayType="MailboxFull"),
    "open": email_event("Open", "open", userAgent="Thunderbird"),
    "click": email_event("Click", "click", userAgent="Thunderbird"),
    "subscription": email_event("Subscription", "subscription"),
    "rendering": email_event("Rendering Failure", "failure", errorMessage="no name"),
    "delivered": phone_event("TEXT_DELIVERED"),
    "unreachable": phone_event("TEXT_UNREACHABLE"),
    "invalid": phone_event("TEXT_INVALID"),
}
"""One of each kind that AWS's documentation shows, all of one message."""


def replayed(names):
    """Where a message ends, and what stands against its address."""
    world = World()
    message = make_message(channel=Channel.EMAIL)
    world.messages.insert(message, make_body(Channel.EMAIL), due=message.not_before)
    deliver(ref_of(message), world.deliver)
    for name in names:
        receipt, _ = from_queue(json.dumps(EVENTS[name]))
        if receipt is not None:
            receive(receipt, world.feedback)
    assert len(world.held) == 0
    kept = world.messages.kept[ref_of(message)]
    return kept.status, kept.marks, world.suppressions.of(TENANT, message.address)


@pytest.mark.parametrize(
    "names",
    [
        ("delivery", "hard", "complaint", "open", "send"),
        ("soft", "delivery", "delay", "not spam", "click"),
        ("reject", "rendering", "send", "subscription", "hard"),
        ("delivered", "unreachable", "invalid", "delivered"),
    ],
)
def test_the_events_of_the_documentation_end_alike_in_every_order(names):
    assert len({replayed(order) for order in permutations(names)}) == 1


@given(
    st.lists(st.sampled_from(sorted(EVENTS)), min_size=6, max_size=12).flatmap(
        lambda names: st.tuples(st.just(names), st.permutations(names))
    )
)
def test_more_of_them_end_alike_too_and_however_often_they_come(orders):
    assert replayed(orders[0]) == replayed([*orders[1], *orders[0]])
