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
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.flow.auditing import AuditPorts
    from outbound.ports import Imports, Suppressions


SES = "ses"
"""The name of SES's list; the others are opt-out lists under their own."""


@dataclass(frozen=True, slots=True)
class ImportPorts:
    """What reading in works with; `suppressions` is the store: the lists know these already.

    `opt_out_lists` are those of numbers, by tenant and under `*`.
    """

    suppressions: Suppressions
    imports: Imports
    audit: AuditPorts
    opt_out_lists: Mapping[str, Sequence[str]]


class StrangeList(Exception):
    """A list that isn't looked after here."""


def read_in(entries: Iterable[Entry], source: str, ports: ImportPorts, *, last: bool) -> Counts:
    """Suppress the addresses of a part of a list; after the last part it is done.

    Raises:
        StrangeList: there is no such list, or it is that of alerts.
    """
    tenant = _tenant_of(source, ports)
    found = Counter(_suppress(tenant, entry, source, ports) for entry in entries)
    counts = Counts(found["new"], found["known"], found["unreadable"])
    now = ports.audit.clock.now()
    if counts.new:
        facts = {"source": source, "new": str(counts.new)}
        happening = Happening("suppressions.imported", now, "operator", facts)
        audit(tenant, happening, ports.audit)
    if last:
        ports.imports.finish(source, now)
    return counts


def lists(ports: ImportPorts) -> Mapping[str, datetime | None]:
    """The lists that are looked after, and when each was read in to its end, if it was."""
    finished = ports.imports.finished()
    return {name: finished.get(name) for name in (SES, *ports.opt_out_lists[ANY_TENANT])}


def _tenant_of(source: str, ports: ImportPorts) -> str:
    """Who has the numbers of a list alone; else it holds for all."""
    if source not in lists(ports):
        raise StrangeList(source)
    for tenant, names in ports.opt_out_lists.items():
        if tenant != ANY_TENANT and source in names:
            return tenant
    return ANY_TENANT


def _suppress(tenant: str, entry: Entry, source: str, ports: ImportPorts) -> str:
    try:
        address = _address_of(entry)
    except ValueError:
        return "unreadable"
    suppression = Suppression(entry.reason, entry.at, source)
    new = ports.suppressions.suppress(tenant, address, suppression)
    return "new" if new else "known"


def _address_of(entry: Entry) -> Address:
    if entry.kind == "email":
        return address_rules.email(entry.value)
    return address_rules.phone(entry.value)
