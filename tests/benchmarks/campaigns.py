"""A campaign of usual emails or texts, brought as far as a stage that is measured."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import cycle
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3

from functions.deliver.handler import handler as deliver
from functions.expand.handler import handler as expand
from outbound.adapters.dynamodb.contact_item import contact_item
from outbound.adapters.dynamodb.contact_keys import address_place, contact_place
from outbound.domain.address import Address
from outbound.domain.campaign import Audience, Campaign, State
from outbound.domain.content import Content, TemplateRef
from outbound.domain.ids import campaign_id
from outbound.domain.template import Template
from outbound.domain.variants import Variant
from outbound.domain.words import Channel, Mode, Purpose
from outbound.flow.expand.tasks import tend_task
from outbound.wiring import catalog, process, queues, stores
from tests.aws import QUEUE_ARN
from tests.benchmarks.cases import Case, done
from tests.builders import make_contact, make_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.aws import Account

CONTEXT: Any = SimpleNamespace(aws_request_id="bench", get_remaining_time_in_millis=lambda: 100_000)
CHUNK = 50
BULK = f"deliver, chunk of {CHUNK} "
BULK_EMAIL = f"{BULK}{Channel.EMAIL}"
WARM = 4
"""How often a stage is run in a process that is warm, each time with another campaign."""
BODIES = {
    Channel.EMAIL: {
        "subject": "Your order, {{ contact.attributes.name }}",
        "text": "Hello {{ contact.attributes.name }}, order {{ order }} has shipped.",
        "html": "<p>Hello {{ contact.attributes.name }}, order {{ order }} has shipped.</p>",
    },
    Channel.SMS: {"text": "Hello {{ contact.attributes.name }}, {{ order }} has shipped."},
}


def people(channel: Channel, count: int) -> list[str]:
    """So many contacts, with a name and a zone each; their ids.

    Written as they lie: moto copies its tables for each transaction.
    """
    items: list[dict[str, Any]] = []
    ids = [f"{channel}-{number:05}" for number in range(count)]
    for number, contact_id in enumerate(ids):
        email = Address("email", f"person-{number:05}@example.com")
        phone = Address("phone", f"+1425555{number:04}")
        address = email if channel is Channel.EMAIL else phone
        contact = make_contact(
            contact_id,
            address,
            timezone="America/New_York",
            region="US-NY",
            attributes={"name": f"Person {number}", "plan": "pro"},
        )
        pk, sk = contact_place("acme", contact_id)
        items.append({"pk": pk, "sk": sk, **contact_item(contact)})
        pk, sk = address_place(process.secret(), "acme", address)
        items.append({"pk": pk, "sk": sk, "contacts": {contact_id}})
    stores.contacts().table.put_many(items)
    return ids


def launched(account: Account, channel: Channel, audience: Audience, cause: str) -> Campaign:
    """A campaign that may begin now, and is looked after."""
    now = process.clock.now()
    contents = {channel: Content(channel, BODIES[channel])}
    draft = Template("acme", f"shipped-{channel}", 0, Purpose.TRANSACTIONAL, contents, now)
    template = catalog.templates().put(draft, publish=True)
    settings = make_settings(
        channel=channel,
        purpose=Purpose.TRANSACTIONAL,
        variants=(Variant("", 1, TemplateRef(template.id, template.version)),),
        audience=audience,
        data={"order": "A-77"},
    )
    campaign = Campaign(
        tenant="acme",
        id=campaign_id("acme", now, cause),
        mode=Mode.LIVE,
        settings=settings,
        state=State.SCHEDULED,
        created_at=now,
        created_by="key",
        updated_at=now,
        launched_at=now,
        next_at=datetime.fromtimestamp(now.timestamp() - 1, UTC).replace(microsecond=0),
    )
    catalog.campaigns().insert(campaign)
    queues.expand().send([tend_task("acme", campaign.id)])
    work(records(account.expand_queue))
    return campaign


def records(url: str) -> list[dict[str, Any]]:
    """What a queue holds, taken from it."""
    sqs = boto3.client("sqs")
    found: list[dict[str, Any]] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for each in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
            found.append({"messageId": "1", "body": each["Body"], "eventSourceARN": QUEUE_ARN})
    return found


def work(events: Sequence[dict[str, Any]]) -> None:
    """Have the function `expand` work tasks off."""
    for each in events:
        done(expand({"Records": [each]}, CONTEXT))


def expansion(account: Account, channel: Channel, count: int) -> Case:
    """The shard of a campaign, read to its end."""
    audience = Audience(contact_ids=tuple(people(channel, count)))
    waiting: list[dict[str, Any]] = []
    for number in range(1 + WARM):
        launched(account, channel, audience, f"{number} {channel} {count}")
        waiting += records(account.expand_queue)
    following = cycle(waiting)

    def run() -> None:
        work([next(following)])

    return Case(f"expand, a list of {count} for {channel}", run, count, times=WARM)


def chunks(account: Account, channel: Channel) -> Case:
    """A chunk of fifty, delivered."""
    audience = Audience(contact_ids=tuple(people(channel, CHUNK)))
    records(account.queues[f"{channel}.bulk"])
    waiting: list[dict[str, Any]] = []
    for number in range(1 + WARM):
        launched(account, channel, audience, f"{number} chunk {channel}")
        work(records(account.expand_queue))
        waiting += records(account.queues[f"{channel}.bulk"])
    following = cycle(waiting)

    def run() -> None:
        done(deliver({"Records": [next(following)]}, CONTEXT))

    return Case(f"{BULK}{channel}", run, CHUNK, channel, times=WARM)
