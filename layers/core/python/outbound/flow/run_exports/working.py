"""Working off an export: chunk by chunk, and part by part of its file; how far it is moves last.

What a worker stores is named by its claim, and the file is made of what the export names alone. So
of two who work at the same time one goes on, and what the other has stored is nowhere in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from outbound.domain.fallback import channel_of, on_channel, standing
from outbound.domain.ids import MessageRef
from outbound.domain.recipient_row import MISSING, WAITING, RecipientRow, row_of
from outbound.domain.run import ERASED, id_of, keys_of
from outbound.domain.run_export import ExportState, Part
from outbound.flow.expand.tasks import export_task, run_of
from outbound.ports import UploadGone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Chunk
    from outbound.domain.run_export import RunExport
    from outbound.domain.task import Task
    from outbound.flow.run_exports.keeping import ExportPorts
    from outbound.ports import Messages, RowLines

GONE = "file_gone"
STEP = 10
"""Chunks of a step: 500 messages, which are read in 5 requests."""


@dataclass(frozen=True, slots=True)
class Exporting:
    """What the writing of exports works with."""

    keeping: ExportPorts
    messages: Messages
    lines: RowLines
    secret: bytes


def work_on(task: Task, ports: Exporting, *, may_go_on: Callable[[], bool]) -> None:
    """Write the file of the export that a task names, or queue what is left when time is up."""
    keeping, ref = ports.keeping, run_of(task)
    export = keeping.exports.get(ref)
    campaign = keeping.campaigns.get(ref.tenant, ref.campaign)
    if export is None or campaign is None:
        return
    while export.state is ExportState.RUNNING:
        if not export.read and not may_go_on():
            keeping.tasks.send([export_task(ref)])
            return
        if export.read:
            behind = _joined(export, ports)
        else:
            behind = _behind(export, campaign, ports, may_go_on)
        if behind is None:
            return
        export = behind
    keeping.exports.leave(ref, export.began_at)


def _joined(export: RunExport, ports: Exporting) -> RunExport | None:
    try:
        ports.keeping.files.join(export)
    except UploadGone:
        return _ended(export, ExportState.FAILED, ports, GONE)
    return _ended(export, ExportState.FINISHED, ports)


def _behind(
    export: RunExport, campaign: Campaign, ports: Exporting, may_go_on: Callable[[], bool]
) -> RunExport | None:
    """The export behind its next part; None if somebody else goes on with it."""
    claimed = replace(
        export,
        upload=export.upload or ports.keeping.files.begin(export),
        claims=export.claims + 1,
        version=export.version + 1,
    )
    if not ports.keeping.exports.put(claimed):
        return None
    try:
        stored = _stored(*_written(claimed, campaign, ports, may_go_on), ports)
    except UploadGone:
        return _ended(claimed, ExportState.FAILED, ports, GONE)
    stored = replace(stored, version=claimed.version + 1)
    return stored if ports.keeping.exports.put(stored) else None


def _written(
    export: RunExport, campaign: Campaign, ports: Exporting, may_go_on: Callable[[], bool]
) -> tuple[bytes, RunExport]:
    """What comes to the file next: at least a step, at most a part and a step."""
    content = bytearray(_begun(export, ports))
    while True:
        chunks = ports.keeping.runs.chunks(export.run, after=export.after, size=STEP)
        step = list(islice(chunks, STEP))
        rows = list(_rows(step, campaign, ports))
        content += ports.lines.lines(rows).encode()
        export = replace(
            export,
            rows=export.rows + len(rows),
            after=step[-1].ref.id if step else export.after,
            read=len(step) < STEP,
        )
        if export.read or len(content) >= ports.keeping.files.least or not may_go_on():
            return bytes(content), export


def _begun(export: RunExport, ports: Exporting) -> bytes:
    if export.rest is not None:
        return ports.keeping.files.rest(export, export.rest)
    return b"" if export.parts else ports.lines.head.encode()


def _stored(content: bytes, export: RunExport, ports: Exporting) -> RunExport:
    files, number = ports.keeping.files, export.claims
    if not content:
        return replace(export, rest=None)
    if export.read or len(content) >= files.least:
        part = Part(number, files.put_part(export, number, content))
        return replace(export, parts=(*export.parts, part), rest=None)
    files.put_rest(export, number, content)
    return replace(export, rest=number)


def _rows(chunks: list[Chunk], campaign: Campaign, ports: Exporting) -> Iterator[RecipientRow]:
    # With a route, who is in a later chunk was in a first one.
    first = [chunk for chunk in chunks if not chunk.turn]
    refs = {
        chunk.ref: [_refs(key, chunk, campaign) for key in keys_of(chunk, ports.secret)]
        for chunk in first
    }
    all_refs = (ref for each in refs.values() for mine in each for ref in mine)
    messages = ports.messages.get_many(list(all_refs))
    for chunk in first:
        for member, mine in zip(chunk.members, refs[chunk.ref], strict=True):
            found = [messages[ref] for ref in mine if ref in messages]
            yield row_of(standing(found)) if found else _row(member, mine[0].id, chunk, campaign)


def _refs(key: str, chunk: Chunk, campaign: Campaign) -> list[MessageRef]:
    """Where a recipient's messages are: one, or one for each of their channels."""
    channels = chunk.channels or (campaign.settings.channel,)
    run = chunk.ref.run
    return [
        MessageRef(run.tenant, id_of(key, on_channel(campaign, each), run)) for each in channels
    ]


def _row(member: str, message_id: str, chunk: Chunk, campaign: Campaign) -> RecipientRow:
    return RecipientRow(
        # A chunk that is done knows its members by their keys alone, as one of who is erased.
        contact_id="" if chunk.done or member.startswith(ERASED) else member,
        message_id=message_id,
        channel=channel_of(chunk, campaign),
        variant="",
        status=MISSING if chunk.done else WAITING,
    )


def _ended(
    export: RunExport, state: ExportState, ports: Exporting, reason: str | None = None
) -> RunExport | None:
    now = ports.keeping.clock.now()
    ended = replace(export, state=state, reason=reason, finished_at=now, version=export.version + 1)
    return ended if ports.keeping.exports.put(ended) else None
