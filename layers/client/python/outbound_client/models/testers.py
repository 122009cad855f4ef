"""Testers, and the tests they were sent."""

from datetime import datetime

from outbound_client.models.answer import Answer
from outbound_client.models.problems import ItemProblem


class SentTest(Answer):
    """A test to a tester: the message, or the problem that kept it."""

    tester: str
    channel: str
    id: str | None = None
    status: str | None = None
    reason: str | None = None
    problem: ItemProblem | None = None


class SentTests(Answer):
    """All tests of a request."""

    items: tuple[SentTest, ...]


class Tester(Answer):
    """Somebody who gets tests of templates, once their address is verified."""

    id: str
    masked: str
    verified_at: datetime | None = None
    code_expires_at: datetime | None = None


class TesterList(Answer):
    """All testers."""

    items: tuple[Tester, ...]
