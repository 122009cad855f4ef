"""Looking messages up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.words import Mode
from outbound.flow.messages import find, list_by_contact
from tests.builders import make_key

HOUR = timedelta(hours=1)
ALL = frozenset(Status)


def test_a_message_is_found_by_its_id(world, store):
    ref = store()
    assert find(ref.id, make_key(), world.messages) == world.messages.kept[ref]


@pytest.mark.parametrize("key", [make_key(tenant="other"), make_key(mode=Mode.TEST)])
def test_another_tenants_or_modes_message_is_unknown(world, store, key):
    with pytest.raises(Refusal) as refusal:
        find(store().id, key, world.messages)
    assert refusal.value.code == "unknown_message"


@pytest.mark.parametrize("text", ["", "msg_", "msg_" + "0" * 36, "' OR 1=1", "msg_" + "\0" * 36])
def test_an_id_that_is_nobodys_is_unknown(world, text):
    with pytest.raises(Refusal) as refusal:
        find(text, make_key(), world.messages)
    assert refusal.value.code == "unknown_message"


def test_a_message_past_its_retention_is_unknown(world, store):
    ref = store()
    world.clock.advance(world.messages.retention)
    with pytest.raises(Refusal):
        find(ref.id, make_key(), world.messages)


def test_a_contacts_messages_come_newest_first_page_by_page(world, store):
    for number in range(5):
        store(f"cause {number}")
        world.clock.advance(HOUR)
    store("another contact", contact_id="con_eve")
    seen, after = [], None
    while True:
        page = list_by_contact(
            "con_ada", make_key(), world.messages, statuses=ALL, limit=2, after=after
        )
        seen += [message.created_at for message in page.messages]
        after = page.after
        if after is None:
            break
    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_a_page_shows_one_mode_and_goes_on_behind_what_it_leaves_out(world, store):
    live = store("live")
    world.clock.advance(HOUR)
    store("test", mode=Mode.TEST)
    first = list_by_contact(
        "con_ada", make_key(), world.messages, statuses=ALL, limit=1, after=None
    )
    assert (first.messages, first.after is None) == ((), False)
    second = list_by_contact(
        "con_ada", make_key(), world.messages, statuses=ALL, limit=1, after=first.after
    )
    assert [message.id for message in second.messages] == [live.id]
    assert second.after is None


def test_a_contact_without_messages_has_an_empty_page(world):
    page = list_by_contact("nobody", make_key(), world.messages, statuses=ALL, limit=10, after=None)
    assert (page.messages, page.after) == ((), None)


def test_a_list_shows_the_statuses_that_are_asked_for(world, store):
    failed = store("failed", status=Status.FAILED)
    store("sent", status=Status.SENT)
    bounced = store("bounced", status=Status.BOUNCED)
    statuses = frozenset({Status.FAILED, Status.BOUNCED})
    page = list_by_contact(
        "con_ada", make_key(), world.messages, statuses=statuses, limit=10, after=None
    )
    assert {message.id for message in page.messages} == {failed.id, bounced.id}
