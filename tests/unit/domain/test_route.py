"""What a route has come to, and in which order its channels are tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain import ids
from outbound.domain.message import Entry, RouteRef, Status
from outbound.domain.route import in_order, refs_of, status_of, timeline_of, turn_of, turns_at
from outbound.domain.words import Channel, RouteMode
from tests.builders import TENANT, make_message
from tests.memory.clock import START

AFTER = timedelta(minutes=5)
ID = f"rte_{'0' * 36}"
ROUTE = RouteRef(ID, RouteMode.FIRST, AFTER, (Channel.SMS, Channel.VOICE, Channel.EMAIL))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["accepted", "scheduled"], "accepted"),
        (["sent", "scheduled"], "sent"),
        (["undelivered", "scheduled"], "scheduled"),
        (["undelivered", "deferred"], "deferred"),
        (["delivered", "cancelled"], "delivered"),
        (["sent", "failed"], "sent"),
        (["failed", "delivered"], "delivered"),
        (["bounced", "failed"], "failed"),
        (["blocked", "cancelled"], "blocked"),
        (["cancelled", "cancelled"], "cancelled"),
        (["unconfirmed", "sending"], "sending"),
    ],
)
def test_a_route_has_come_as_far_as_the_best_of_its_messages(statuses, expected):
    assert status_of([Status(each) for each in statuses]) == expected


@pytest.mark.parametrize("status", list(Status))
def test_a_route_of_one_is_what_its_message_is(status):
    assert status_of([status]) is status


def test_what_is_preferred_comes_first_and_nothing_is_added():
    asked = (Channel.SMS, Channel.VOICE)
    assert in_order(asked, (Channel.EMAIL, Channel.VOICE)) == (Channel.VOICE, Channel.SMS)
    assert in_order(asked, ()) == asked


def test_the_ids_of_its_messages_follow_from_its_own():
    route = ids.route_id("0" * 16, START, "a cause")
    refs = refs_of(TENANT, replace(ROUTE, id=route))
    assert ids.is_route_id(route)
    assert len({ref.id for ref in refs}) == 3
    assert all(ids.split_message_id(ref.id) for ref in refs)
    assert {ids.message_time(ref.id) for ref in refs} == {ids.message_time(f"msg_{route[4:]}")}
    assert not ids.is_route_id(refs[0].id)


def test_turns_are_after_each_other():
    turns = [turns_at(START, AFTER, place) for place in range(3)]
    assert turns == [START, START + AFTER, START + 2 * AFTER + timedelta(minutes=1)]


def test_the_timeline_is_that_of_all_messages():
    first = make_message(
        timeline=(Entry(Status.ACCEPTED, START), Entry(Status.SENT, START + AFTER))
    )
    second = make_message("b", timeline=(Entry(Status.SCHEDULED, START + timedelta(seconds=1)),))
    lines = [entry.status for _, entry in timeline_of([first, second])]
    assert lines == ["accepted", "scheduled", "sent"]


@pytest.mark.parametrize(
    ("earlier", "waits"),
    [
        ({"status": Status.FAILED}, timedelta()),
        ({"status": Status.SCHEDULED, "not_before": START + AFTER}, 2 * AFTER),
        ({"status": Status.SENDING, "lease_until": START + AFTER}, AFTER),
        (
            {"status": Status.SENT, "timeline": (Entry(Status.SENDING, START),)},
            AFTER,
        ),
        (
            {
                "status": Status.DEFERRED,
                "not_before": START + AFTER,
                "timeline": (Entry(Status.DEFERRED, START, "quiet_hours", "us.quiet-hours"),),
            },
            2 * AFTER,
        ),
        (
            {
                "status": Status.DEFERRED,
                "not_before": START + AFTER,
                "timeline": (Entry(Status.DEFERRED, START, "provider_busy"),),
            },
            timedelta(),
        ),
    ],
)
def test_a_turn_waits_for_what_may_still_be_delivered(earlier, waits):
    turn = turn_of(ROUTE, [make_message(**earlier)], START)
    assert turn.until == (START + waits if waits else None)
    assert turn.reason is None
