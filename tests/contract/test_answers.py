"""Each code and reason of the tables, answered over HTTP in the midst of the real deliver flow.

`pytest tests/contract/test_answers.py -s` prints what became of each message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from infra.local.carrier import Answer, Rule, Settings
from infra.local.carrier.server import serving
from outbound.adapters.carriers import end_user_messaging_codes, ses, sns
from outbound.adapters.carriers.common_codes import COMMON
from outbound.domain.message import Status
from outbound.domain.outcome import Kind
from outbound.domain.suppression import Reason
from outbound.flow.deliver import deliver
from tests import aws
from tests.builders import make_body, make_message, ref_of
from tests.contract.providers import Provider, providers_at
from tests.contract.test_provider_tables import all_errors_of, errors_of
from tests.memory import World

LATER = timedelta(hours=1)
"""Longer than any first delay, and shorter than a message lives."""
STATUSES = {
    Kind.TEMPORARY: Status.DEFERRED,
    Kind.STOPPED: Status.DEFERRED,
    Kind.PERMANENT: Status.FAILED,
    Kind.UNKNOWN: Status.UNCONFIRMED,
}
SUPPRESSED = {"OptedOut", "DESTINATION_PHONE_NUMBER_OPTED_OUT"}
NAMES_OF_SNS = {shape.name for shape in all_errors_of("sns") if shape.name != shape.error_code}
"""Names that SNS doesn't put on the wire, but its code."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a provider answers, and what the tables say of it."""

    provider: str
    error: str
    reason: str | None
    kind: Kind

    @property
    def code(self):
        return self.reason or self.error

    def __str__(self):
        return f"{self.provider}-{self.code}"


def rows():
    for provider, table in (("ses", ses.OUTCOMES), ("sns", sns.OUTCOMES)):
        for code, kind in {**COMMON, **table}.items():
            if provider == "ses" or code not in NAMES_OF_SNS:
                yield Row(provider, code, None, kind)
    table = end_user_messaging_codes.OUTCOMES
    for provider, operation in (("sms", "SendTextMessage"), ("voice", "SendVoiceMessage")):
        named = {reason: error for error, reason in reasons(operation)}
        for code, kind in {**COMMON, **table}.items():
            reason = code if code in named else None
            yield Row(provider, named.get(code, code), reason, kind)


def reasons(operation):
    for shape in errors_of("pinpoint-sms-voice-v2", operation):
        if "Reason" in shape.members:
            for reason in shape.members["Reason"].enum:
                yield shape.name, reason


@pytest.fixture(scope="module")
def simulator():
    settings = Settings(identities=("example.com",), configuration_sets=(aws.CONFIGURATION_SET,))
    with serving(settings=settings) as running:
        yield running


@pytest.fixture(scope="module")
def providers(simulator):
    providers = providers_at(simulator.url)
    yield providers
    for provider in providers.values():
        provider.client.close()


@pytest.fixture(scope="module")
def shown():
    """The lines of the table, printed when all are there."""
    lines: list[tuple[str, ...]] = []
    yield lines
    head = ("provider", "code or reason", "outcome", "status", "then", "in the end")
    widths = [max(len(line[column]) for line in (head, *lines)) for column in range(len(head))]
    print()
    for line in (head, *sorted(lines)):
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


@dataclass
class Post:
    """A message on its way to one provider, with all stores in memory."""

    world: World
    simulator: Any
    provider: Provider

    def store(self, cause):
        channel = self.provider.channel
        message = make_message(cause, channel=channel, created_at=self.world.clock.now())
        assert self.world.messages.insert(message, make_body(channel), due=message.not_before)
        return ref_of(message)

    def deliver(self, ref):
        deliver(ref, replace(self.world.deliver, carrier=self.provider.carrier))
        return self.world.messages.get(ref)

    def taken(self):
        return len(self.simulator.carrier.outbox.items())


@pytest.mark.parametrize("row", list(rows()), ids=str)
def test_a_message_ends_as_its_table_says(row, simulator, providers, shown):
    post = Post(World(), simulator, providers[row.provider])
    rule = Rule(times=1, answer=Answer(error=row.error, reason=row.reason))
    simulator.carrier.rules.replace([rule])
    simulator.carrier.outbox.clear()
    ref, at = post.store("the first"), post.world.clock.now()

    first = post.deliver(ref)
    entry, address = first.timeline[-1], first.address
    suppressed = post.world.suppressions.of(ref.tenant, address)
    assert (first.status, entry.code, post.taken()) == (STATUSES[row.kind], row.code, 0)
    assert bool(suppressed) == (row.code in SUPPRESSED)

    post.world.clock.advance(LATER)
    last = post.deliver(ref)
    again = row.kind is not Kind.PERMANENT
    assert (last.status, post.taken()) == ((Status.SENT, 1) if again else (Status.FAILED, 0))

    post.world.clock.advance(LATER)
    other = post.deliver(post.store("the second"))
    if suppressed:
        assert suppressed[0].reason is Reason.OPTED_OUT
        assert other.status is Status.BLOCKED
    else:
        assert other.status is Status.SENT
    then = "address suppressed" if suppressed else what_next(first, at)
    shown.append((row.provider, row.code, row.kind, first.status, then, last.status))


def what_next(message, now):
    """When a message is looked at again, as people say it."""
    if message.status is Status.UNCONFIRMED:
        return "in doubt until its lease ends"
    if message.status is Status.FAILED:
        return "-"
    wait = (message.not_before - now).total_seconds()
    return f"again in {wait:.0f} s" if wait > 0 else "parked"
