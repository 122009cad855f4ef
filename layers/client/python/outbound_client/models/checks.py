"""What registers answered of numbers."""

from datetime import date, datetime

from outbound_client.models.answer import Answer
from outbound_client.models.problems import ItemProblem


class RecordedCheck(Answer):
    """The last look-up of a number in a register, `do_not_call` or `reassigned`."""

    kind: str
    answer: str
    since: date | None = None
    at: datetime
    source: str


class CheckedNumber(Answer):
    """What became of the look-up at `index`: how many contacts keep it, or why nobody does."""

    index: int
    contacts: int | None = None
    problem: ItemProblem | None = None


class Checks(Answer):
    """What became of each look-up, in the order of the request."""

    items: tuple[CheckedNumber, ...]
