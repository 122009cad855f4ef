"""What a contact was sent lately: one small item, written with the version that was read.

Each slot is one line of text, so that the item stays under 1 KB, a single write unit.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.instant import from_milliseconds, milliseconds, seconds
from outbound.domain.rules.facts import Slot
from outbound.domain.words import Channel, Purpose
from outbound.ports.contacts import Slots

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = timedelta(days=31)
"""No cap looks further back (`rules.jurisdiction` refuses longer ones)."""


def slots_key(tenant: str, contact_key: str) -> dict[str, str]:
    """Where the slots of the contact with this key lie."""
    return {"pk": f"{tenant}#cap#{contact_key}", "sk": "cap"}


def slots_of(item: Mapping[str, Any] | None) -> Slots:
    """What an item says; no item, no slots."""
    if item is None:
        return Slots()
    return Slots(int(item["version"]), tuple(_slot_of(text) for text in item["slots"]))


def write_slots(table: Table, key: Mapping[str, str], taken: list[Slot], version: int) -> bool:
    """Replace the slots that were read as `version`; False if someone was quicker."""
    item = {
        **key,
        "version": version + 1,
        "slots": [_text_of(slot) for slot in taken],
        "ttl": seconds(max((slot.at for slot in taken), default=from_milliseconds(0)) + KEPT),
    }
    if version == 0:
        return table.put_new(item)
    try:
        table.client.put_item(
            TableName=table.name,
            Item=wire(item),
            ConditionExpression="version = :version",
            ExpressionAttributeValues=wire({":version": version}),
        )
    except ClientError as error:
        if refused(error):
            return False
        raise
    return True


def _text_of(slot: Slot) -> str:
    parts = (slot.message_id, str(milliseconds(slot.at)), slot.channel, slot.purpose)
    return " ".join((*parts, slot.topic or ""))


def _slot_of(text: str) -> Slot:
    message_id, at, channel, purpose, topic = text.split(" ", 4)
    return Slot(
        message_id, from_milliseconds(int(at)), Channel(channel), Purpose(purpose), topic or None
    )
