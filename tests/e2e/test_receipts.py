"""Whatever becomes of receipts on their way, messages end as the simulator's book has it."""

from tests.e2e.receipts import settle


def test_messages_end_as_the_book_has_it_whatever_becomes_of_their_receipts(run, telling):
    figures = settle(run, telling, patience=180)

    assert figures.wrong == ()
    assert figures.dead == 0
