"""Events come to webhooks whatever happens to these: again, later each time, and none is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from outbound.domain.event import DISABLED, TEST, Event, Written
from outbound.domain.message import Status
from outbound.domain.webhook import TRIED_FOR, Ended
from outbound.flow.manage.webhooks import WebhookKeeping, send_test
from outbound.flow.telling import TellPorts, tell
from outbound.flow.webhooks import WebhookPorts, bring
from outbound.ports import Posted
from tests.builders import TENANT, make_delivery, make_key, make_message, make_webhook
from tests.memory.clock import START, MemoryClock, MemoryTokens
from tests.memory.signals import MemorySignals
from tests.memory.webhooks import TAKEN, MemoryBus, MemoryPost, MemoryWebhookQueue, MemoryWebhooks

STEP = timedelta(seconds=5)
DOWN = Posted(None, "connection")


def text_of(event: Event) -> str:
    return f'{{"id":"{event.id}"}}'


@dataclass
class Systems:
    """A tenant's webhooks and all that leads to them."""

    clock: MemoryClock = field(default_factory=MemoryClock)
    webhooks: MemoryWebhooks = field(default_factory=MemoryWebhooks)
    post: MemoryPost = field(default_factory=MemoryPost)
    bus: MemoryBus = field(default_factory=MemoryBus)
    signals: MemorySignals = field(default_factory=MemorySignals)

    def __post_init__(self) -> None:
        self.queue = MemoryWebhookQueue(self.clock)
        self.ports = WebhookPorts(
            self.clock, self.webhooks, self.queue, self.post, self.bus, self.signals
        )

    def add(self, webhook_id: str = "shop", **changes: Any) -> None:
        assert self.webhooks.write(make_webhook(webhook_id, version=1, **changes))

    def tell(self, *causes: str) -> None:
        changes = [Written(START, None, make_message(cause)) for cause in causes]
        ports = TellPorts(self.clock, self.bus, self.webhooks, self.queue, text_of)
        tell(changes, ports)

    def work(self) -> None:
        for each in self.queue.take():
            bring(each, self.ports)

    def pass_time(self, time: timedelta, step: timedelta = STEP) -> None:
        end = self.clock.now() + time
        while self.clock.now() < end:
            self.work()
            self.clock.advance(step)

    @property
    def taken(self) -> list[str]:
        return [headers["Webhook-Id"] for headers, _ in self.post.taken]

    @property
    def shop(self):
        found = self.webhooks.get(TENANT, "shop")
        assert found is not None
        return found


@pytest.fixture
def systems() -> Systems:
    systems = Systems()
    systems.add()
    return systems


def test_each_webhook_is_told_of_the_types_it_wants_and_of_its_tenant_alone(systems):
    systems.add("other", types=("message.failed",))
    systems.add("foreign", tenant="clinic")
    systems.tell("a", "b")
    systems.work()

    assert [each.webhook for _, each in systems.queue.waiting] == []
    assert len(systems.taken) == 2
    assert {url for url, _, _ in systems.post.asked} == {systems.shop.url}


def test_the_bus_is_told_first(systems):
    systems.tell("a")

    assert [event.type for event in systems.bus.events] == ["message.accepted"]
    assert systems.queue.sends == 1


def test_without_webhooks_nothing_is_queued():
    systems = Systems()
    systems.tell("a", "b")

    assert systems.queue.sends == 0


def test_down_for_an_hour_all_arrive_and_none_is_lost(systems):
    systems.post.answer = lambda _: DOWN
    told = []
    for minute in range(60):
        systems.tell(*(f"{minute}-{number}" for number in range(5)))
        systems.pass_time(timedelta(minutes=1))
    told = [event.id for event in systems.bus.events]
    tries = len(systems.post.asked)
    assert systems.taken == []
    assert systems.shop.failing_since is not None

    systems.post.answer = lambda _: TAKEN
    systems.pass_time(timedelta(hours=3), timedelta(seconds=30))

    assert sorted(systems.taken) == sorted(told)
    assert len(told) == 300
    assert systems.queue.waiting == []
    assert systems.shop.failing_since is None
    # While it is down, it is left alone for longer and longer.
    assert tries < 500


@pytest.mark.parametrize(
    ("posted", "failure"),
    [
        (Posted(500), "status_500"),
        (Posted(404), "status_404"),
        (Posted(302), "redirect"),
        (Posted(None, "timeout"), "timeout"),
        (Posted(None, "not_public"), "not_public"),
    ],
)
def test_whatever_is_no_success_is_tried_again_and_shown(systems, posted, failure):
    systems.post.answer = lambda _: posted
    systems.tell("a")
    systems.work()
    assert (systems.shop.failure, systems.shop.failing_since) == (failure, START)
    assert systems.signals.counts["WebhookFailures"] == 1

    systems.post.answer = lambda _: TAKEN
    systems.clock.advance(timedelta(seconds=5))
    systems.work()
    assert len(systems.taken) == 1
    assert (systems.shop.failure, systems.shop.failing_since) == (None, None)


def test_an_event_that_alone_fails_holds_up_no_other(systems):
    systems.tell("bad")
    bad = systems.queue.waiting[0][1].event_id
    systems.post.answer = lambda _: (
        Posted(500) if systems.post.asked[-1][1]["Webhook-Id"] == bad else TAKEN
    )
    for number in range(20):
        systems.tell(f"good {number}")
        systems.pass_time(timedelta(minutes=30), timedelta(seconds=30))

    assert len(systems.taken) == 20
    assert systems.shop.ended is None


def test_after_three_days_without_success_it_is_disabled_with_a_notice(systems):
    systems.post.answer = lambda _: DOWN
    for _ in range(9):
        systems.tell("a")
        systems.pass_time(timedelta(hours=9), timedelta(minutes=5))

    assert systems.shop.ended is Ended.FAILING
    assert systems.shop.ended_at - systems.shop.failing_since >= TRIED_FOR
    assert systems.signals.counts["WebhooksDisabled"] == 1
    [notice] = [event for event in systems.bus.events if event.type == DISABLED]
    assert notice.data == {"webhook_id": "shop", "reason": "failing", "failure": "connection"}
    asked = len(systems.post.asked)
    systems.tell("b")
    systems.pass_time(timedelta(hours=1), timedelta(minutes=5))
    assert (len(systems.post.asked), systems.queue.waiting) == (asked, [])


def test_an_event_of_three_days_is_let_go_and_counted(systems):
    bring(make_delivery(begun_at=START - TRIED_FOR), systems.ports)

    assert systems.post.asked == []
    assert systems.signals.counts["WebhookEventsGivenUp"] == 1


def test_who_says_gone_is_told_nothing_more(systems):
    systems.post.answer = lambda _: Posted(410)
    systems.tell("a")
    systems.work()

    assert systems.shop.ended is Ended.GONE
    assert systems.queue.waiting == []


def test_who_dies_before_it_is_disabled_tells_it_again_with_the_same_id(systems):
    systems.post.answer = lambda _: Posted(410)
    systems.tell("a")
    [delivery] = systems.queue.take()
    before = systems.shop
    bring(delivery, systems.ports)
    after = systems.webhooks.webhooks[TENANT, "shop"]
    systems.webhooks.webhooks[TENANT, "shop"] = replace(after, ended=None, ended_at=None)
    bring(delivery, systems.ports)

    notices = {event.id for event in systems.bus.events if event.type == DISABLED}
    assert len(notices) == 1
    assert before.ended is None


def test_what_is_on_its_way_to_a_removed_webhook_is_let_go(systems):
    systems.tell("a")
    systems.webhooks.delete(TENANT, "shop")
    systems.work()

    assert (systems.post.asked, systems.queue.waiting) == ([], [])


def test_a_test_goes_once_and_says_what_became_of_it(systems):
    ports = WebhookKeeping(systems.clock, MemoryTokens(), systems.webhooks, systems.queue, text_of)
    systems.post.answer = lambda _: Posted(500)
    event_id = send_test("shop", make_key(), ports)
    systems.work()
    tested = systems.shop.tested

    assert tested is not None
    assert (tested.event_id, tested.failure) == (event_id, "status_500")
    assert (systems.queue.waiting, systems.shop.failing_since) == ([], None)
    assert TEST not in systems.shop.types


def test_a_claim_makes_no_delivery(systems):
    message = make_message()
    sending = replace(
        message,
        status=Status.SENDING,
        timeline=(*message.timeline, replace(message.timeline[0], status=Status.SENDING)),
    )
    ports = TellPorts(systems.clock, None, systems.webhooks, systems.queue, text_of)

    assert tell([Written(START, message, sending)], ports) == 0
    assert systems.queue.sends == 0
