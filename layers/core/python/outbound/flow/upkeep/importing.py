"""The account's own lists, read in once: what AWS sends nothing to, nobody here sends to either."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain import address_rules
from outbound.domain.imported import Counts, Entry
from outbound.domain.ledger import Happening
from outbound.domain.suppression import ANY_TENANT, Suppression
from outbound.flow.auditing import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.flow.auditing import AuditPorts
    from outbound.ports import Imports, Suppressions


@dataclass(frozen=True, slots=True)
class ImportPorts:
    """What reading in works with; `suppressions` is the store: the lists know these already."""

    suppressions: Suppressions
    imports: Imports
    audit: AuditPorts


def read_in(entries: Iterable[Entry], source: str, ports: ImportPorts, *, last: bool) -> Counts:
    """Suppress the addresses of a part of a list for all tenants; after the last it is done."""
    found = Counter(_suppress(entry, source, ports) for entry in entries)
    counts = Counts(found["new"], found["known"], found["unreadable"])
    now = ports.audit.clock.now()
    if counts.new:
        facts = {"source": source, "new": str(counts.new)}
        happening = Happening("suppressions.imported", now, "operator", facts)
        audit(ANY_TENANT, happening, ports.audit)
    if last:
        ports.imports.finish(source, now)
    return counts


def finished(ports: ImportPorts) -> Mapping[str, datetime]:
    """The lists that were read in to their end, and when."""
    return ports.imports.finished()


def _suppress(entry: Entry, source: str, ports: ImportPorts) -> str:
    try:
        address = _address_of(entry)
    except ValueError:
        return "unreadable"
    suppression = Suppression(entry.reason, entry.at, source)
    new = ports.suppressions.suppress(ANY_TENANT, address, suppression)
    return "new" if new else "known"


def _address_of(entry: Entry) -> Address:
    if entry.kind == "email":
        return address_rules.email(entry.value)
    return address_rules.phone(entry.value)
