"""Every recipient of a run is in its file once, as the report counts them, whoever dies."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import count, cycle, islice

import pytest

from outbound.domain.campaign import Audience, State
from outbound.domain.erasure import SETTLING
from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, contact_key
from outbound.domain.message import CampaignRef, Status
from outbound.domain.price import Price
from outbound.domain.run import Chunk, ChunkRef, id_of, run_ref
from outbound.domain.run_export import KEPT, ExportState
from outbound.domain.tally import place_of, total
from outbound.domain.words import Channel, Mode
from outbound.flow import erasing
from outbound.flow.run_exports.keeping import look, start, sweep
from outbound.flow.run_exports.working import STEP, work_on
from tests.builders import TENANT, make_campaign, make_key, make_message, make_run
from tests.memory.clock import START
from tests.memory.messages import MemoryMessages
from tests.memory.world import SECRET, World
from tests.unit.flow.campaign_recipients import fill
from tests.unit.flow.campaigning import Campaigning, Fuse, Killable, Killed

KEY = make_key()


@dataclass
class Once(Fuse):
    """Kills at one moment, counted from the first."""

    def burn(self):
        self.odds -= 1
        if self.odds == -1:
            self.killed += 1
            raise Killed


def finished(people=6, **changes):
    world = Campaigning()
    people = fill(world, people)
    campaign = world.launch(audience=people, **changes)
    world.run(minutes=5)
    return world, campaign


def made(chunks, *, each=2):
    """A closed run with so many chunks that are done, and statuses by turns."""
    world, at = World(), make_run().ref
    campaign = make_campaign(run_at=START, state=State.FINISHED)
    world.campaigns.insert(campaign)
    world.runs.open(make_run(closed_at=START))
    turns = cycle((Status.SENT, Status.DELIVERED, Status.BOUNCED, Status.BLOCKED, Status.FAILED))
    people = (f"con_{number:05d}" for number in count())
    for number in range(chunks):
        some = tuple(islice(people, each))
        keys = tuple(contact_key(SECRET, TENANT, person) for person in some)
        ref = ChunkRef(at, f"{number:05d}")
        world.runs.put_chunk(Chunk(ref, START, keys, next=each, done=True))
        for person, key in zip(some, keys, strict=True):
            message = make_message(
                id=id_of(key, campaign, at),
                contact_id=person,
                channel=Channel.EMAIL,
                status=next(turns),
                campaign=CampaignRef(campaign.id, at.id),
                price=Price(Decimal("0.0001")),
            )
            world.messages.kept[MessageRef(TENANT, message.id)] = message
    world.runs.count(at, "all", total(place_of(message) for message in world.messages))
    return world, campaign


def begin(world, campaign, run_id=None):
    return start(campaign.id, run_id, KEY, world.run_export_ports)


def killable(world, fuse):
    ports = world.run_exporting
    keeping = replace(
        ports.keeping,
        runs=Killable(ports.keeping.runs, fuse),
        exports=Killable(ports.keeping.exports, fuse),
        files=Killable(ports.keeping.files, fuse),
        tasks=Killable(ports.keeping.tasks, fuse),
    )
    return replace(ports, keeping=keeping, messages=Killable(ports.messages, fuse))


def work(world, fuse=None, may_go_on=lambda: True):
    """Bring the tasks that are queued, again where somebody died over one."""
    ports = killable(world, fuse) if fuse else world.run_exporting
    tasks = world.tasks.take()
    while tasks:
        for task in tasks:
            try:
                work_on(task, ports, may_go_on=may_go_on)
            except Killed:
                world.tasks.send([task])
        tasks = world.tasks.take()


def rows(world, campaign):
    export = look(campaign.id, None, KEY, world.run_export_ports)
    assert export.state is ExportState.FINISHED
    found = list(csv.DictReader(io.StringIO(world.export_files.file(export), newline="")))
    assert len(found) == export.rows
    return found


def agrees(world, campaign):
    found = rows(world, campaign)
    tally = world.runs.tally(run_ref(campaign, START))
    assert Counter(row["status"] for row in found) == tally.under("status")
    assert sum(Decimal(row["cost"] or 0) for row in found) == tally.cost
    assert len({row["message_id"] for row in found}) == len(found)
    return found


def test_a_row_says_what_was_decided_and_what_became_of_it():
    world, campaign = finished(3, hold_out=0.4)
    begin(world, campaign)
    work(world)
    found = {row["contact_id"]: row for row in agrees(world, campaign)}
    sent = next(row for row in found.values() if row["status"] == "sent")
    held = next(row for row in found.values() if row["status"] == "blocked")
    assert (sent["channel"], sent["verdict"], sent["currency"]) == ("email", "send", "USD")
    assert sent["sent_at"].endswith("Z")
    assert sent["price"] == sent["cost"] == "0.00010"
    assert (held["verdict"], held["rule"]) == ("block", "campaign.hold-out")
    assert (held["source"], held["reason"]) == ("the campaign", "held_out")
    assert not any("@" in value for row in found.values() for value in row.values())


def test_wherever_a_worker_dies_it_goes_on_or_is_repeated_without_effect():
    for moment in count():
        world, campaign = made(2 * STEP + 1)
        world.export_files.least = 3_000
        fuse = Once(random.Random(), moment)
        begin(world, campaign)
        work(world, fuse)
        assert len(agrees(world, campaign)) == 2 * (2 * STEP + 1)
        assert not world.run_exports.begun
        if not fuse.killed:
            break
    assert moment > 20


@pytest.mark.parametrize("seed", range(4))
def test_whoever_dies_everybody_is_in_it_once(seed):
    world, campaign = made(5 * STEP + 3)
    world.export_files.least = 4_000
    fuse = Fuse(random.Random(seed), 0.15)
    begin(world, campaign)
    work(world, fuse, may_go_on=lambda: fuse.source.random() > 0.4)
    assert fuse.killed > 0
    assert len(agrees(world, campaign)) == 2 * (5 * STEP + 3)
    assert not world.run_exports.begun


def test_of_two_who_write_at_once_one_goes_on():
    world, campaign = made(STEP * 3)
    world.export_files.least = 2_000
    ports = world.run_exporting
    begin(world, campaign)
    (task,) = world.tasks.take()
    again = [task]

    class Meanwhile(MemoryMessages):
        def get_many(self, refs):
            while again:
                work_on(again.pop(), ports, may_go_on=lambda: True)
            return super().get_many(refs)

    slow = Meanwhile(world.clock, SECRET)
    slow.kept = world.messages.kept
    work_on(task, replace(ports, messages=slow), may_go_on=lambda: True)
    assert len(agrees(world, campaign)) == 2 * STEP * 3


def test_no_more_is_read_than_there_is_time_for_and_the_rest_is_kept():
    world, campaign = made(STEP * 2)
    world.export_files.least = 10**9
    begin(world, campaign)
    (task,) = world.tasks.take()
    times = iter([True, False, False])
    work_on(task, world.run_exporting, may_go_on=lambda: next(times))
    kept = look(campaign.id, None, KEY, world.run_export_ports)
    assert (kept.rows, kept.parts) == (2 * STEP, ())
    assert kept.rest is not None
    work(world)
    assert len(agrees(world, campaign)) == 4 * STEP


def test_an_export_is_begun_once_until_it_has_ended():
    world, campaign = finished()
    first = begin(world, campaign)
    assert (first.complete, first.recipients) == (True, 6)
    world.clock.advance(timedelta(minutes=1))
    assert begin(world, campaign) == first
    work(world)
    assert begin(world, campaign).began_at > first.began_at
    work(world)
    agrees(world, campaign)


def test_who_has_no_message_is_listed_and_an_open_run_is_not_complete():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 6))
    world.run_to_the_first_step()
    world.tasks.take()
    export = begin(world, campaign)
    assert not export.complete
    work(world)
    found = rows(world, campaign)
    assert {row["status"] for row in found} == {"waiting"}
    assert {row["contact_id"] for row in found} == {f"con_{each:05d}" for each in range(6)}
    world.run(minutes=4)
    for ref in list(world.messages.kept)[:2]:
        del world.messages.kept[ref]
    begin(world, campaign)
    work(world)
    found = rows(world, campaign)
    assert Counter(row["status"] for row in found) == {"sent": 4, "missing": 2}
    assert {row["contact_id"] for row in found if row["status"] == "missing"} == {""}


def test_an_id_that_begins_a_formula_stays_a_text():
    world = Campaigning()
    fill(world, 1)
    contact = world.contacts.contacts.pop((TENANT, "con_00000"))
    world.contacts.contacts[TENANT, "=1+1"] = replace(contact, id="=1+1")
    campaign = world.launch(audience=Audience(contact_ids=("=1+1",)))
    world.run(minutes=5)
    begin(world, campaign)
    work(world)
    assert [row["contact_id"] for row in rows(world, campaign)] == ["'=1+1"]


def test_a_text_says_its_parts():
    world = Campaigning(channel=Channel.SMS)
    campaign = world.launch(audience=fill(world, 2, channel=Channel.SMS))
    world.run(minutes=5)
    begin(world, campaign)
    work(world)
    assert {row["parts"] for row in agrees(world, campaign)} == {"1"}


def test_what_nobody_works_on_is_queued_on_the_hour_for_as_long_as_it_is_kept():
    world, campaign = finished()
    begin(world, campaign)
    world.tasks.take()
    assert sweep(world.run_export_ports) == 0
    world.clock.advance(timedelta(minutes=60 - world.clock.now().minute))
    assert sweep(world.run_export_ports) == 1
    world.tasks.take()
    world.clock.advance(KEPT)
    assert sweep(world.run_export_ports) == 0
    assert not world.run_exports.begun


def test_an_upload_that_is_gone_fails_and_another_export_can_be_begun():
    world, campaign = finished()
    export = begin(world, campaign)
    world.run_exports.put(replace(export, upload="gone", version=2))
    work(world)
    failed = look(campaign.id, None, KEY, world.run_export_ports)
    assert (failed.state, failed.reason) == (ExportState.FAILED, "file_gone")
    begin(world, campaign)
    work(world)
    agrees(world, campaign)


def test_what_is_not_there_is_refused():
    world, campaign = finished()
    ports = world.run_export_ports
    draft = world.launch(replace(campaign, id="cam_00000000000000000002", state=State.DRAFT))
    other_mode = replace(KEY, mode=Mode.TEST)
    for code, do in {
        "unknown_export": lambda: look(campaign.id, None, KEY, ports),
        "unknown_run": lambda: start(campaign.id, "run_00000000000000000000", KEY, ports),
        "unknown_campaign": lambda: start(campaign.id, None, other_mode, ports),
    }.items():
        with pytest.raises(Refusal) as refused:
            do()
        assert refused.value.code == code
    with pytest.raises(Refusal, match="none as yet"):
        start(draft.id, None, KEY, ports)
    begin(world, campaign)
    work(world)
    world.clock.advance(KEPT)
    with pytest.raises(Refusal) as refused:
        look(campaign.id, None, KEY, ports)
    assert refused.value.code == "unknown_export"


def exported(world, campaign):
    """Who is named in a run's export, which is made now."""
    begin(world, campaign)
    work(world)
    return {row["contact_id"] for row in rows(world, campaign)}


def erase(world, person):
    erasure = erasing.request(person, KEY, world.erasure_ports)
    world.tasks.take()
    return erasure


def settle(world, erasure, passes=3):
    for _ in range(passes):
        erasing.work(TENANT, erasure.id, world.erasure_ports)
        world.tasks.take()
        world.clock.advance(SETTLING)


def test_a_file_in_which_somebody_is_who_is_erased_is_taken_back_and_says_so():
    world, campaign = finished()
    before = exported(world, campaign)
    settle(world, erase(world, "con_00002"))
    kept = look(campaign.id, None, KEY, world.run_export_ports)
    assert (kept.state, kept.reason) == (ExportState.WITHDRAWN, "contact_erased")
    assert (world.export_files.made, world.export_files.rests) == ({}, {})
    world.clock.advance(timedelta(seconds=1))
    assert ("con_00002" in before, "con_00002" in exported(world, campaign)) == (True, False)


@pytest.mark.parametrize("moment", range(0, 14, 2))
def test_whoever_writes_a_file_that_is_taken_back_meanwhile_leaves_nothing_of_it(moment):
    world, campaign = finished()
    fuse = Once(random.Random(1), moment)
    begin(world, campaign)
    (task,) = world.tasks.take()
    with suppress(Killed):
        work_on(task, killable(world, fuse), may_go_on=lambda: True)
    settle(world, erase(world, "con_00002"))
    work_on(task, world.run_exporting, may_go_on=lambda: True)
    assert look(campaign.id, None, KEY, world.run_export_ports).state is ExportState.WITHDRAWN
    assert (world.export_files.made, world.export_files.rests) == ({}, {})
    assert not any(world.export_files.uploads.values())
    assert world.run_exports.attended() == []


def test_an_export_that_begins_when_all_is_gone_is_not_taken_back():
    world, campaign = finished()
    erasure = erase(world, "con_00002")
    settle(world, erasure, passes=1)
    after = exported(world, campaign)
    settle(world, erasure)
    assert look(campaign.id, None, KEY, world.run_export_ports).state is ExportState.FINISHED
    assert "con_00002" not in after
