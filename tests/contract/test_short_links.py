"""Short links: where they lead, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.short_links import DynamoShortLinks
from outbound.domain.ids import MessageRef
from outbound.domain.short_link import KEPT, Linked
from tests import memory
from tests.memory.clock import START

UNTIL = (START + KEPT).replace(microsecond=0)
LINKED = Linked(MessageRef("acme", "msg_1"), "a" * 12, ("https://example.com/", "med_1"), UNTIL)


@pytest.fixture
def links(port, clock):
    in_memory = memory.MemoryShortLinks(clock)
    return port(in_memory, "messages", lambda table: DynamoShortLinks(table, clock))


def test_a_link_leads_where_it_was_said(links):
    assert links.get(LINKED.token) is None
    links.put([LINKED])
    assert links.get(LINKED.token) == LINKED
    assert links.get("b" * 12) is None


def test_links_of_many_messages_are_written_together(links):
    many = [replace(LINKED, token=f"{each:012}") for each in range(60)]
    links.put(many)
    assert [links.get(each.token) for each in many] == many
    links.put([])


def test_a_message_that_is_tried_again_has_its_newest_targets(links):
    links.put([LINKED])
    again = replace(LINKED, targets=("https://example.com/new",))
    links.put([again])
    assert links.get(LINKED.token) == again


def test_a_link_that_is_over_leads_nowhere(links, clock):
    links.put([LINKED])
    clock.advance(KEPT + timedelta(seconds=1))
    assert links.get(LINKED.token) is None


def test_a_link_that_is_forgotten_leads_nowhere(links):
    links.put([LINKED])
    links.forget(LINKED.token)
    links.forget(LINKED.token)
    assert links.get(LINKED.token) is None
