"""The function of background work, as its queue, its clock and an operator meet it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3

from functions.upkeep.handler import handler
from outbound.adapters.dynamodb.contact_keys import contact_place
from outbound.domain.ids import contact_key
from outbound.domain.ledger import Happening, Written, chained
from outbound.wiring import process, stores
from tests.aws import SECRET, forget
from tests.functions.conftest import CONTEXT

if TYPE_CHECKING:
    from outbound.domain.contact import ChainHead
    from tests.memory.clock import MemoryClock

TENANT = "clinic"
DAY = timedelta(days=1)


def operate(command: str, **arguments: Any) -> dict[str, Any]:
    """What an operator is answered."""
    return handler({"command": command, **arguments}, CONTEXT)


def verify(tenant: str = TENANT, **arguments: Any) -> list[dict[str, Any]]:
    """All faults that an operator is told of."""
    faults: list[dict[str, Any]] = []
    cursor = None
    while True:
        answer = operate("verify_ledger", tenant=tenant, cursor=cursor, **arguments)
        assert answer["ok"], answer
        faults += answer["faults"]
        cursor = answer["next_cursor"]
        if cursor is None:
            return faults


def sweep(what: str) -> dict[str, Any]:
    """One call of the clock, and of the queue until it is empty."""
    swept = handler({"sweep": what}, CONTEXT)
    work_off()
    return swept


def work_off() -> None:
    sqs, url = boto3.client("sqs"), process.settings().text("UPKEEP_QUEUE")
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        records = [{"messageId": each["MessageId"], "body": each["Body"]} for each in found]
        assert handler({"Records": records}, CONTEXT) == {"batchItemFailures": []}
        for each in found:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])


def move(monkeypatch: Any, clock: MemoryClock) -> None:
    """Let the functions live by this clock from now on."""
    forget()
    monkeypatch.setattr(process, "clock", clock)


def chain_of(contact_id: str) -> str:
    return contact_key(SECRET.encode(), TENANT, contact_id)


def say(contact_id: str, *kinds: str) -> None:
    """Something is said by a contact, which is made if it isn't there."""
    table = stores.ledger().table
    chain, now = chain_of(contact_id), process.clock.now()
    head = stores.ledger().head(TENANT, chain)
    happenings = [
        Happening(kind, now, "key_1", {"channel": "sms"}, {"wording": kind}) for kind in kinds
    ]
    entries, head = chained(
        happenings,
        head,
        tenant=TENANT,
        chain=chain,
        secret=SECRET.encode(),
        salts=["a salt"] * len(kinds),
        now=now,
    )
    written = [
        Written(*each) for each in zip(entries, ({"wording": kind} for kind in kinds), strict=True)
    ]
    assert stores.ledger().append(TENANT, chain, written)
    remember(table.client, contact_id, head)


def remember(dynamodb: Any, contact_id: str, head: ChainHead) -> None:
    """Write a head where the contact remembers it."""
    pk, sk = contact_place(TENANT, contact_id)
    dynamodb.update_item(
        TableName=process.settings().text("CONTACTS_TABLE"),
        Key={"pk": {"S": pk}, "sk": {"S": sk}},
        UpdateExpression="SET chain = :chain",
        ExpressionAttributeValues={":chain": {"L": [{"N": str(head.number)}, {"S": head.digest}]}},
    )
