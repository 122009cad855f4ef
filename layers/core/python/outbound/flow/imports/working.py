"""Working off an import: step by step, the place moving behind each, last.

A step that was taken and not written down is taken again: its rows then change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from outbound.domain.contact_import import MOST_COMPLAINTS, ImportState, Kind
from outbound.flow.imports.keeping import task_of
from outbound.flow.imports.reminding import remind
from outbound.flow.imports.taking import By, take
from outbound.ports import FileGone, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from outbound.domain.contact_import import ContactImport
    from outbound.flow.imports.keeping import ImportPorts
    from outbound.flow.imports.taking import Taken
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.flow.reminders.ports import ReminderPorts
    from outbound.ports import Row, RowReader

STEP = 200
"""Rows of a step: few enough to be done again."""


@dataclass(frozen=True, slots=True)
class Importing:
    """What the reading of imports works with; `reminders` is asked for where there are any."""

    keeping: ImportPorts
    people: ContactPorts
    reader: RowReader
    reminders: Callable[[], ReminderPorts]


def work(tenant: str, import_id: str, ports: Importing, *, may_go_on: Callable[[], bool]) -> None:
    """Read the file of an import to its end, or queue what is left when time is up."""
    keeping = ports.keeping
    current = keeping.imports.get(tenant, import_id)
    if current is None or current.state is ImportState.WAITING:
        return
    if current.state is ImportState.RUNNING:
        try:
            current = _read(current, ports, may_go_on)
        except Unreadable as fault:
            current = _ended(import_id, tenant, ImportState.FAILED, ports, fault.reason)
        except FileGone:
            current = _ended(import_id, tenant, ImportState.FAILED, ports, "file_gone")
    if current is not None:
        keeping.files.join_parts(current, ports.reader.head)
        keeping.files.remove(current)
        keeping.imports.leave(tenant, import_id)


def _read(
    current: ContactImport, ports: Importing, may_go_on: Callable[[], bool]
) -> ContactImport | None:
    """The import as it has ended; None where it goes on, or somebody else is at it."""
    keeping, started = ports.keeping, current
    found = ports.reader.read(
        current.plan,
        lambda offset: keeping.files.open(started, offset),
        current.place,
        packed=current.packed,
        now=current.started_at or current.created_at,
    )
    current = replace(current, ignored=found.ignored)
    while True:
        rows, fault = _step(found.rows)
        if not rows:
            break
        taken = _taken(rows, current, ports)
        current = _behind(current, rows, taken, ports)
        if not keeping.imports.replace(current):
            return _if_cancelled(current, ports)
        if not may_go_on():
            keeping.tasks.send([task_of(current)])
            return None
        if fault is not None:
            break
    if fault is not None:
        raise fault
    return _ended(current.id, current.tenant, ImportState.FINISHED, ports)


def _step(rows: Iterator[Row]) -> tuple[list[Row], Unreadable | None]:
    """The next rows, and why there are no more behind them, where the file breaks off."""
    step: list[Row] = []
    try:
        step.extend(islice(rows, STEP))
    except Unreadable as fault:
        return step, fault
    return step, None


def _taken(rows: Sequence[Row], current: ContactImport, ports: Importing) -> Taken:
    if current.plan.kind is Kind.REMINDERS:
        return remind(rows, current, ports.reminders())
    return take(rows, By(current.tenant, current.by), ports.people)


def _behind(
    current: ContactImport, rows: Sequence[Row], taken: Taken, ports: Importing
) -> ContactImport:
    """The import behind a step, whose part of the report is written before."""
    room = max(0, MOST_COMPLAINTS - current.counts.complaints)
    told = taken.complaints[:room]
    if told:
        lines = ports.reader.lines(told)
        ports.keeping.files.put_part(current, current.parts, lines)
    counts = replace(taken.counts, complaints=len(told))
    return replace(
        current,
        place=rows[-1].behind,
        counts=current.counts + counts,
        parts=current.parts + bool(told),
        version=current.version + 1,
    )


def _if_cancelled(current: ContactImport, ports: Importing) -> ContactImport | None:
    now = ports.keeping.imports.get(current.tenant, current.id)
    return now if now is not None and now.state is ImportState.CANCELLED else None


def _ended(
    import_id: str, tenant: str, state: ImportState, ports: Importing, reason: str | None = None
) -> ContactImport | None:
    current = ports.keeping.imports.get(tenant, import_id)
    if current is None or current.state is not ImportState.RUNNING:
        return current
    ended = current.ended(state, ports.keeping.clock.now(), reason)
    return ended if ports.keeping.imports.replace(ended) else None
