"""What is written of a route, and what speaks against it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.words import Channel, OnUnconfirmed, RouteMode
from outbound.flow.intake import TemplateChoice
from outbound.flow.recipient import To
from outbound.flow.routes import cancel_route, find_route
from outbound.flow.routing import accept_route, rehearse_route
from tests.builders import make_content, make_key, make_template
from tests.memory.clock import START
from tests.unit.flow.routes.journey import AFTER, make_route

KEY = make_key()
ALL = (Channel.SMS, Channel.VOICE, Channel.EMAIL)


def refusal_of(act, *arguments):
    with pytest.raises(Refusal) as refused:
        act(*arguments)
    return refused.value


def channels(messages):
    return [str(message.channel) for message in messages]


def test_all_messages_are_there_before_the_first_is_queued(journey, world):
    world.queue.broken = True
    with pytest.raises(ConnectionError):
        journey.accept()

    text, call = world.messages.kept.values()
    assert (text.status, call.status) == (Status.ACCEPTED, Status.SCHEDULED)
    assert call.not_before == START + AFTER
    assert len(world.messages.due_at) == 2


def test_only_the_first_is_queued(journey, world):
    text, _ = journey.accept()
    assert [ref.id for ref in world.queue.refs] == [text.id]


def test_all_at_once_are_all_queued(journey, world):
    messages = journey.accept(make_route(mode=RouteMode.ALL))
    assert [ref.id for ref in world.queue.refs] == [message.id for message in messages]
    journey.work_off()
    assert journey.sent == {"sms": 1, "voice": 1}
    assert [message.on_unconfirmed for message in messages] == [OnUnconfirmed.RESEND] * 2


def test_the_same_request_makes_one_route(journey, world):
    first = accept_route(make_route(idempotency_key="order-77"), KEY, world.intake)
    before = world.snapshot()
    world.clock.advance(timedelta(hours=1))

    again = accept_route(make_route(idempotency_key="order-77"), KEY, world.intake)

    assert again.replayed
    assert again.messages == first.messages
    assert world.snapshot() == before


def test_a_request_left_by_a_crash_makes_the_same_route(journey, world):
    request = make_route(idempotency_key="order-77")
    kept = accept_route(request, KEY, world.intake).messages
    world.messages.kept.clear()
    world.messages.due_at.clear()
    assert refusal_of(accept_route, request, KEY, world.intake).code == "request_in_flight"
    world.clock.advance(timedelta(minutes=10))

    again = accept_route(request, KEY, world.intake).messages

    assert [message.id for message in again] == [message.id for message in kept]
    assert again[1].not_before == world.clock.now() + AFTER


def test_a_channel_without_an_address_is_left_out(journey, ada):
    ada(emails=())
    messages = journey.accept(make_route((Channel.EMAIL, Channel.SMS)))
    assert channels(messages) == ["sms"]
    assert messages[0].status is Status.ACCEPTED
    assert messages[0].on_unconfirmed is OnUnconfirmed.RESEND


def test_a_number_is_texted_and_called(journey, world):
    messages = journey.accept(make_route(ALL, to=To(address=Address("phone", "+14155550199"))))
    assert channels(messages) == ["sms", "voice"]
    assert len({message.contact_id for message in messages}) == 1
    assert len(world.contacts) == 2


def test_a_route_to_nobody_is_refused(world, ada):
    ada(emails=(), phones=())
    refused = refusal_of(accept_route, make_route(), KEY, world.intake)
    assert (refused.code, refused.faults[0].pointer) == (
        "no_address_for_channel",
        "/to/contact_id",
    )


def test_what_the_contact_prefers_comes_first(journey, ada):
    ada(preferred=(Channel.EMAIL, Channel.VOICE))
    assert channels(journey.accept(make_route(ALL))) == ["email", "voice", "sms"]


def test_a_forbidden_channel_gives_its_turn_to_the_next(journey, world, ada):
    ada(forbidden=frozenset({Channel.SMS}))
    text, call = journey.accept()
    assert (text.status, call.status) == (Status.BLOCKED, Status.ACCEPTED)
    assert call.on_unconfirmed is OnUnconfirmed.RESEND
    journey.work_off()
    assert journey.sent == {"voice": 1}


def test_where_every_channel_is_blocked_so_is_the_route(journey, ada):
    ada(forbidden=frozenset({Channel.SMS, Channel.VOICE}))
    journey.accept()
    journey.work_off()
    journey.let_pass(timedelta(hours=1))
    assert journey.statuses == ["blocked", "blocked"]
    assert journey.sent == {}


def test_a_template_says_it_on_each_channel(journey, world):
    contents = {channel: make_content(channel) for channel in (Channel.SMS, Channel.VOICE)}
    world.templates.put(make_template(contents), publish=True)
    route = make_route(template=TemplateChoice("shipped"))

    messages = journey.accept(route)

    assert [message.template.id for message in messages] == ["shipped", "shipped"]


def test_a_template_without_one_of_the_channels_is_refused_at_its_place(journey, world):
    world.templates.put(make_template(), publish=True)
    route = make_route(template=TemplateChoice("shipped"))
    refused = refusal_of(accept_route, route, KEY, world.intake)
    assert refused.code == "channel_without_content"
    assert refused.faults[0].pointer == "/route/channels/1"


def test_a_turn_after_the_end_is_refused(world, journey):
    route = make_route(expires_at=START + AFTER)
    refused = refusal_of(accept_route, route, KEY, world.intake)
    assert (refused.code, refused.faults[0].pointer) == ("expires_before_send", "/route/after")


def test_a_rehearsal_writes_nothing(world, journey):
    before = world.snapshot()
    rehearsed = rehearse_route(make_route(), KEY, world.intake)
    assert channels([each.message for each in rehearsed.each]) == ["sms", "voice"]
    assert rehearsed.each[1].bodies == {"text": "Your order A-77 has shipped."}
    assert world.snapshot() == before


@pytest.mark.parametrize("other", [{"tenant": "other"}, {"mode": "test"}])
def test_a_route_of_others_is_not_found(journey, world, other):
    journey.accept()
    key = make_key(**other)
    asked = (journey.id, key, world.messages)
    assert refusal_of(find_route, *asked).code == "unknown_route_id"
    assert refusal_of(cancel_route, *asked, START).code == "unknown_route_id"


def test_what_has_left_cannot_be_cancelled(journey, world):
    journey.accept(make_route(mode=RouteMode.ALL))
    journey.work_off()
    refused = refusal_of(cancel_route, journey.id, KEY, world.messages, START)
    assert refused.code == "not_cancellable"
