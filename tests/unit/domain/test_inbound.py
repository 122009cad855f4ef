"""Which of a person's words stands, in whatever order they come in."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.inbound import heard
from outbound.domain.keywords import Kind
from tests.builders import make_text
from tests.memory.clock import START

SECOND = timedelta(seconds=1)
WORDS = st.lists(
    st.tuples(st.sampled_from([Kind.STOP, Kind.START]), st.integers(0, 9)),
    min_size=1,
    max_size=8,
    unique_by=lambda word: word[1],
)


def listen(words):
    return reduce(
        lambda last, word: heard(
            last, word[0], make_text(id=f"in-{word[1]}", at=START + word[1] * SECOND)
        ),
        words,
        None,
    )


@given(WORDS.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_the_newest_word_stands_whatever_the_order(orders):
    newest = max(orders[0], key=lambda word: word[1])
    for words in orders:
        last = listen(words)
        assert (last.kind, last.said_at) == (newest[0], START + newest[1] * SECOND)


@given(WORDS, st.data())
def test_a_word_that_comes_twice_changes_nothing(words, data):
    again = data.draw(st.sampled_from(words))
    assert listen([*words, again]) == listen(words)


def test_who_repeats_a_stop_has_said_it_with_the_first_text():
    last = listen([(Kind.STOP, 1), (Kind.STOP, 5)])
    assert (last.id, last.said_at) == ("in-1", START + 5 * SECOND)


def test_of_two_words_at_one_instant_the_stop_stands():
    stop, start = make_text(id="in-1"), make_text(id="in-2")
    assert heard(heard(None, Kind.STOP, stop), Kind.START, start).kind is Kind.STOP
    assert heard(heard(None, Kind.START, start), Kind.STOP, stop).kind is Kind.STOP
