"""Runs, shards, steps and chunks as items of DynamoDB, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.message_item import decision_item, decision_of
from outbound.domain.instant import parse_rfc3339, rfc3339, rfc3339_or_none
from outbound.domain.run import (
    Call,
    Chunk,
    ChunkRef,
    Look,
    Phase,
    Planned,
    Point,
    Run,
    RunRef,
    Step,
)
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

CHUNK, STEP = "chunk#", "step#"


def placed(ref: RunRef) -> str:
    """The partition of what belongs to a run."""
    return f"{ref.tenant}#{ref.campaign}#{ref.id}"


def run_item(run: Run) -> dict[str, Any]:
    """All but the keys."""
    return {
        "at": rfc3339(run.at),
        "phase": run.phase,
        "shards": run.shards,
        "swept": rfc3339(run.swept),
        "moved_at": rfc3339(run.moved_at),
        "settled_at": rfc3339(run.settled_at),
        "counted": run.counted,
        "asked_at": rfc3339_or_none(run.asked_at),
        "reviewed_at": rfc3339_or_none(run.reviewed_at),
        "tried_until": rfc3339_or_none(run.tried_until),
        "closed_at": rfc3339_or_none(run.closed_at),
        "lost": list(run.lost) or None,
        "unnamed": run.unnamed or None,
        "version": run.version,
    }


def run_of(item: Mapping[str, Any], tenant: str, campaign: str) -> Run:
    """The run that `run_item` wrote under its id."""
    return Run(
        ref=RunRef(tenant, campaign, item["sk"]),
        at=parse_rfc3339(item["at"]),
        phase=Phase(item["phase"]),
        shards=int(item["shards"]),
        swept=parse_rfc3339(item["swept"]),
        moved_at=parse_rfc3339(item["moved_at"]),
        settled_at=parse_rfc3339(item["settled_at"]),
        counted=int(item["counted"]),
        asked_at=_read(item.get("asked_at")),
        reviewed_at=_read(item.get("reviewed_at")),
        tried_until=_read(item.get("tried_until")),
        closed_at=_read(item.get("closed_at")),
        lost=tuple(item.get("lost", ())),
        unnamed=int(item.get("unnamed", 0)),
        version=int(item["version"]),
    )


def point_item(point: Point) -> dict[str, Any]:
    """A shard with its place in the run."""
    return {
        "sk": point_place(point.phase, point.shard),
        "after": point.after,
        "steps": point.steps,
        "recipients": point.recipients,
        "done": point.done,
        "further": point.further or None,
    }


def point_of(item: Mapping[str, Any]) -> Point:
    """The shard that `point_item` wrote."""
    _, phase, shard = item["sk"].split("#")
    return Point(
        phase=Phase(phase),
        shard=int(shard),
        after=item.get("after"),
        steps=int(item["steps"]),
        recipients=int(item["recipients"]),
        done=bool(item["done"]),
        further=int(item.get("further", 0)),
    )


def point_place(phase: Phase, shard: int) -> str:
    """Where a shard lies in its run."""
    return f"shard#{phase}#{shard:03d}"


def step_place(phase: Phase, shard: int) -> str:
    """What the places of a shard's steps in their run begin with."""
    return f"{STEP}{phase}#{shard:03d}#"


def step_item(step: Step) -> dict[str, Any]:
    """A step with its place in the run."""
    return {
        "sk": f"{step_place(step.phase, step.shard)}{step.number:06d}",
        "last": step.last,
        "ends": step.ends,
        "chunks": [
            [_together(rfc3339(each.at), each.channels), *each.members] for each in step.chunks
        ],
    }


def step_of(item: Mapping[str, Any]) -> Step:
    """The step that `step_item` wrote."""
    _, phase, shard, number = item["sk"].split("#")
    chunks = tuple(_planned(at, members) for at, *members in item["chunks"])
    return Step(Phase(phase), int(shard), int(number), item.get("last"), item["ends"], chunks)


def _planned(head: str, members: Iterable[str]) -> Planned:
    at, *channels = head.split(" ")
    return Planned(parse_rfc3339(at), tuple(members), tuple(map(Channel, channels)))


def _together(first: str, channels: Iterable[Channel]) -> str:
    return " ".join((first, *channels))


def chunk_item(chunk: Chunk) -> dict[str, Any]:
    """A chunk with its place in the run."""
    call = chunk.call
    return {
        "sk": CHUNK + chunk.ref.id,
        "not_before": rfc3339(chunk.not_before),
        "members": list(chunk.members),
        "next": chunk.next,
        "call": _call(call) if call else None,
        "done": chunk.done or None,
        "reserved": chunk.reserved,
        "version": chunk.version,
        "channels": _together(str(chunk.turn), chunk.channels) if chunk.channels else None,
        "parent": chunk.parent,
        "look": _look(chunk.look) if chunk.look else None,
    }


def chunk_of(item: Mapping[str, Any], run: RunRef) -> Chunk:
    """The chunk that `chunk_item` wrote."""
    turn, *channels = item.get("channels", "0").split(" ")
    return Chunk(
        ref=ChunkRef(run, item["sk"].removeprefix(CHUNK)),
        not_before=parse_rfc3339(item["not_before"]),
        members=tuple(item["members"]),
        next=int(item["next"]),
        call=_call_of(item["call"]) if item.get("call") else None,
        done=bool(item.get("done")),
        reserved=Decimal(item["reserved"]) if "reserved" in item else None,
        version=int(item["version"]),
        channels=tuple(map(Channel, channels)),
        turn=int(turn),
        parent=item.get("parent"),
        look=_look_of(item["look"]) if item.get("look") else None,
    )


def _look(look: Look) -> dict[str, Any]:
    """Nothing is left open: a map keeps what an item leaves out."""
    seen: dict[str, Any] = {"at": rfc3339(look.at), "over": look.over}
    if look.until is not None:
        seen |= {"later": list(look.later), "until": rfc3339(look.until)}
    return seen


def _look_of(item: Mapping[str, Any]) -> Look:
    return Look(
        at=parse_rfc3339(item["at"]),
        over=int(item["over"]),
        later=tuple(item.get("later", ())),
        until=_read(item.get("until")),
    )


def _call(call: Call) -> dict[str, Any]:
    return {
        "first": call.first,
        "count": call.count,
        "at": rfc3339(call.claimed_at),
        "lease": rfc3339(call.lease_until),
        "verdicts": {str(place): decision_item(each) for place, each in call.verdicts.items()},
    }


def _call_of(item: Mapping[str, Any]) -> Call:
    verdicts = {int(place): decision_of(each) for place, each in item["verdicts"].items()}
    return Call(
        first=int(item["first"]),
        count=int(item["count"]),
        claimed_at=parse_rfc3339(item["at"]),
        lease_until=parse_rfc3339(item["lease"]),
        verdicts=verdicts,
    )


def _read(text: str | None) -> datetime | None:
    return parse_rfc3339(text) if text else None
