"""What people said last: the newest counts, also when two say it at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.last_words import DynamoLastWords
from outbound.domain.address import Address
from outbound.domain.inbound import LastWord
from outbound.domain.keywords import Kind
from tests import memory
from tests.builders import TENANT, make_text
from tests.memory.clock import START
from tests.memory.world import SECRET

STOP, BEGIN = Kind.STOP, Kind.START
SECOND = timedelta(seconds=1)


@pytest.fixture
def last_words(port):
    in_memory = memory.MemoryLastWords()
    return port(in_memory, "catalog", lambda table: DynamoLastWords(table, SECRET))


def said(number, **changes):
    return make_text(id=f"in-{number}", at=START + number * SECOND, **changes)


def test_the_first_word_stands(last_words):
    expected = LastWord(STOP, "in-1", START + SECOND, START + SECOND)
    assert last_words.last(TENANT, said(1).sender) is None
    assert last_words.hear(TENANT, STOP, said(1)) == expected
    assert last_words.hear(TENANT, STOP, said(1)) == expected
    assert last_words.last(TENANT, said(1).sender) == expected
    assert last_words.last("other", said(1).sender) is None


def test_the_newest_word_stands(last_words):
    last_words.hear(TENANT, STOP, said(1))
    start = last_words.hear(TENANT, BEGIN, said(3))
    assert start.kind is BEGIN
    assert last_words.hear(TENANT, STOP, said(2)) == start
    assert last_words.hear(TENANT, STOP, said(4)).id == "in-4"


def test_who_repeats_a_word_has_said_it_with_the_first_text(last_words):
    last_words.hear(TENANT, STOP, said(1))
    repeated = last_words.hear(TENANT, STOP, said(5))
    assert (repeated.id, repeated.said_at) == ("in-1", START + 5 * SECOND)


def test_words_to_another_tenant_and_of_another_number_are_others(last_words):
    last_words.hear(TENANT, STOP, said(1))
    assert last_words.hear("other", BEGIN, said(0)).kind is BEGIN
    sender = Address("phone", "+14155550199")
    assert last_words.hear(TENANT, BEGIN, said(0, sender=sender)).kind is BEGIN


def test_of_many_words_at_once_the_newest_stands(last_words):
    kinds = [STOP if number % 2 else BEGIN for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: last_words.hear(TENANT, kinds[n], said(n)), range(16)))
    last = last_words.hear(TENANT, STOP, said(0))
    assert (last.kind, last.said_at) == (STOP, START + 15 * SECOND)
