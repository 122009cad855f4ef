"""A lane that is full of a campaign's messages, beside one that has a few of the hour."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest

from infra.constructs.lanes import workers
from infra.local.places import ROOT
from outbound.adapters.clock import SystemClock
from outbound.adapters.dynamodb.messages import DynamoMessages
from outbound.adapters.dynamodb.table import Table
from outbound.adapters.sqs import SqsQueue
from outbound.domain import ids
from outbound.domain.address import Address
from outbound.domain.instant import to_milliseconds
from outbound.domain.words import Channel, Lane
from tests.builders import make_body, make_content, make_message, ref_of
from tests.e2e.deployed import eventually, outbox
from tests.e2e.inside import aws, identity_secret, variables

TENANT = "demo"
FULL = 100
LOCAL = json.loads((ROOT / "cdk.json").read_text())["context"]["environments"]["local"]
OF_THE_HOUR = 6
OF_A_CAMPAIGN, BESIDE_IT, BEFORE = "Of a full lane.", "Beside a full lane.", "Before it all."


@dataclass
class Backlog:
    """What a run of a campaign would write and queue, by the product's own adapters."""

    messages: DynamoMessages
    queue: SqsQueue
    secret: bytes

    def fill(self, count: int, text: str) -> None:
        now = to_milliseconds(datetime.now(UTC))
        made = [
            make_message(
                f"bulk {number}",
                id=ids.message_id(
                    ids.contact_key(self.secret, TENANT, f"con_bulk_{number}"),
                    now,
                    TENANT,
                    "live",
                    "bulk",
                ),
                tenant=TENANT,
                contact_id=f"con_bulk_{number}",
                address=Address("phone", f"+1425556{number:04}"),
                lane=Lane.BULK,
                created_at=now,
            )
            for number in range(count)
        ]
        body = make_body(content=make_content(text=text))
        due = now + timedelta(minutes=10)
        self.messages.insert_new([(message, body, due) for message in made])
        self.queue.send(Channel.SMS, Lane.BULK, [ref_of(message) for message in made])


@pytest.fixture
def backlog(run):
    given, secret = variables(run, "intake"), identity_secret(run)
    table = Table(aws(run, "dynamodb"), given["OUTBOUND_MESSAGES_TABLE"])
    messages = DynamoMessages(table, secret, timedelta(days=1), SystemClock())
    return Backlog(
        messages, SqsQueue(aws(run, "sqs"), json.loads(given["OUTBOUND_QUEUES"])), secret
    )


def test_a_full_bulk_lane_leaves_the_express_lane_as_quick_as_it_was(run, client, backlog, capsys):
    def seconds(message: Any) -> float:
        done = client.wait_for(message.id, until={"sent", "delivered"}, poll=0.2)
        sending = next(entry.at for entry in done.timeline if entry.status == "sending")
        return float((sending - done.created_at).total_seconds())

    def send(text: str) -> Any:
        return client.send_message(
            to={"phone": "+14255550177"},
            channel="sms",
            purpose="transactional",
            content={"text": text},
        )

    def handed_over(text: str) -> list[datetime]:
        items = [item for item in outbox(run) if item["text"] == text]
        return sorted(datetime.fromisoformat(item["at"]) for item in items)

    # So that no worker has to be started meanwhile: that takes longer than what is measured.
    backlog.fill(OF_THE_HOUR, BEFORE)
    for each in [send(BEFORE) for _ in range(OF_THE_HOUR)]:
        seconds(each)
    assert eventually(lambda: len(handed_over(BEFORE)) == 2 * OF_THE_HOUR, 120)

    before = [seconds(each) for each in [send("Beside an empty lane.") for _ in range(OF_THE_HOUR)]]
    backlog.fill(FULL, OF_A_CAMPAIGN)
    assert eventually(lambda: len(handed_over(OF_A_CAMPAIGN)) >= 5, 120)
    beside = [seconds(each) for each in [send(BESIDE_IT) for _ in range(OF_THE_HOUR)]]
    assert eventually(lambda: len(handed_over(OF_A_CAMPAIGN)) >= FULL, 120)

    bulk = handed_over(OF_A_CAMPAIGN)
    took = (bulk[-1] - bulk[0]).total_seconds()
    waiting = sum(at > handed_over(BESIDE_IT)[0] for at in bulk)
    with capsys.disabled():
        print()
        print("express, from accepted to being handed over, median (slowest):")
        print(f"  beside an empty bulk lane  {median(before):.3f} s ({max(before):.3f} s)")
        print(f"  beside a full one          {median(beside):.3f} s ({max(beside):.3f} s)")
        print(f"bulk: {waiting} of {FULL} still waited then; all left within {took:.0f} s")
    assert waiting > 0
    assert len(bulk) == FULL
    assert len({item["to"] for item in outbox(run) if item["text"] == OF_A_CAMPAIGN}) == FULL
    lane = workers(LOCAL["sms"]["rate_per_second"])["bulk"]
    assert took >= 0.9 * (FULL / lane.concurrency - 1) * lane.seconds_each
