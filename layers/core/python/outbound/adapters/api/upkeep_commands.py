"""Commands of an operator about the ledger and about AWS's lists."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from outbound.adapters.api import commands
from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import ContactId, Tenant
from outbound.adapters.api.ledger_faults import fault_body
from outbound.adapters.api.reading import Model, read
from outbound.domain.errors import Refusal
from outbound.domain.imported import Entry
from outbound.domain.instant import rfc3339, to_milliseconds
from outbound.domain.suppression import Reason
from outbound.flow.upkeep import importing, verifying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outbound.flow.upkeep.importing import ImportPorts
    from outbound.flow.upkeep.verifying import VerifyPorts

SECONDS = 12.0
"""How long a look takes at most, and a step more: the command waits for 25 seconds."""
TOGETHER = 200
REASONS = {
    "bounced": Reason.BOUNCED,
    "complained": Reason.COMPLAINED,
    "opted_out": Reason.OPTED_OUT,
}


class LookModel(Model):
    """What of the ledger is verified, and from where on."""

    tenant: Tenant | Literal["*"]
    contact_id: ContactId | None = None
    chain: (
        Annotated[
            str,
            form(
                r"^[a-z0-9#-]{1,64}$",
                "Must be 1 to 64 lowercase letters, digits or any of # -, such as "
                "audit#2026-11-23.",
            ),
        ]
        | None
    ) = None
    cursor: Annotated[str, Field(max_length=500)] | None = None


class EntryModel(Model):
    """An entry of a list."""

    kind: Literal["email", "phone"]
    value: Annotated[str, Field(min_length=1, max_length=400)]
    reason: Literal["bounced", "complained", "opted_out"]
    at: AwareDatetime


class EntriesModel(Model):
    """A part of a list."""

    source: Annotated[
        str,
        form(
            r"^[A-Za-z0-9_-]{1,64}$",
            "Must be 1 to 64 letters, digits, hyphens or underscores, such as ses-account.",
        ),
    ]
    items: Annotated[list[EntryModel], Field(max_length=TOGETHER)]
    last: bool


class NothingModel(Model):
    """No arguments."""


def serve(
    event: Mapping[str, Any],
    verification: Callable[[], VerifyPorts],
    lists: Callable[[], ImportPorts],
    request_id: str,
) -> dict[str, Any]:
    """Do what the operator asks."""
    return commands.answer(
        event,
        {
            "ledger_tenants": lambda given: _tenants(given, verification()),
            "verify_ledger": lambda given: _verify(given, verification()),
            "lists": lambda given: _lists(given, lists()),
            "import_suppressions": lambda given: _import(given, lists()),
        },
        request_id,
    )


def _tenants(arguments: dict[str, Any], ports: VerifyPorts) -> dict[str, Any]:
    read(NothingModel, json.dumps(arguments))
    return {"tenants": verifying.tenants(ports)}


def _verify(arguments: dict[str, Any], ports: VerifyPorts) -> dict[str, Any]:
    model = read(LookModel, json.dumps(arguments))
    wanted = verifying.Wanted(model.tenant, model.chain)
    if model.contact_id is not None:
        wanted = verifying.of_contact(model.tenant, model.contact_id, ports)
    until = time.monotonic() + SECONDS
    try:
        found = verifying.look(
            wanted, ports, after=model.cursor, may_go_on=lambda: time.monotonic() < until
        )
    except verifying.StrangeCursor:
        raise Refusal("invalid_cursor", "This cursor is none of this command's.") from None
    return {
        "looked_at": {
            "heads": found.heads,
            "entries": found.entries,
            "anchors": found.anchors,
        },
        "faults": [fault_body(fault) for fault in found.faults],
        "next_cursor": found.after,
    }


def _lists(arguments: dict[str, Any], ports: ImportPorts) -> dict[str, Any]:
    read(NothingModel, json.dumps(arguments))
    lists = importing.lists(ports)
    return {"lists": {name: rfc3339(at) if at else None for name, at in lists.items()}}


def _import(arguments: dict[str, Any], ports: ImportPorts) -> dict[str, Any]:
    model = read(EntriesModel, json.dumps(arguments))
    entries = [
        Entry(each.kind, each.value, REASONS[each.reason], to_milliseconds(each.at))
        for each in model.items
    ]
    try:
        counts = importing.read_in(entries, model.source, ports, last=model.last)
    except importing.StrangeList:
        detail = "This list isn't looked after here: no number in cdk.json has it."
        raise Refusal("invalid_request", detail) from None
    return {"counts": asdict(counts)}
