"""Every head of a day is anchored, whatever goes wrong, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from outbound.domain import anchor as files
from outbound.domain.anchor import LOOK_BACK, Head
from outbound.domain.task import Task, Work
from outbound.flow.upkeep import anchoring
from outbound.flow.upkeep.anchoring import anchor, missing, plan

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def few_heads(monkeypatch):
    monkeypatch.setattr(anchoring, "MOST", 2)


@pytest.fixture
def over(upkeep):
    """Two tenants have written; then the day is over."""
    heads = {("clinic", f"c{number}"): upkeep.write(chain=f"c{number}") for number in range(3)}
    heads["clinic", "c1"] = upkeep.write(chain="c1")
    heads["shop", "c1"] = upkeep.write("shop")
    upkeep.clock.advance(DAY)
    return {Head(*place, head.number, head.digest) for place, head in heads.items()}


def anchored(upkeep):
    """All heads in all files, by day."""
    found: dict[date, list[Head]] = {}
    for name, (content,) in upkeep.anchors.kept.items():
        day, heads = files.read(name, content)
        assert {head.tenant for head in heads} == {name.partition("/")[0]}
        found.setdefault(day, []).extend(heads)
    return found


def test_a_day_is_a_file_for_each_tenant(upkeep, over):
    assert anchor(TODAY, upkeep.anchor_ports)

    assert set(anchored(upkeep)[TODAY]) == over
    assert len(upkeep.anchors.kept) == 2
    assert upkeep.days.done == {TODAY: upkeep.clock.now()}
    assert upkeep.signals.counts["DayAnchored"] == 1


def test_a_day_without_entries_is_finished_without_a_file(upkeep):
    assert anchor(TODAY - DAY, upkeep.anchor_ports)
    assert upkeep.anchors.kept == {}
    assert TODAY - DAY in upkeep.days.done


def test_a_day_that_is_not_over_is_left_alone(upkeep):
    upkeep.write()
    assert not anchor(TODAY, upkeep.anchor_ports)
    upkeep.clock.advance_to(upkeep.clock.now().replace(hour=23, minute=59) + timedelta(hours=1))
    assert not anchor(TODAY, upkeep.anchor_ports)
    assert upkeep.anchors.kept == {}
    assert upkeep.days.done == {}


def test_a_second_time_changes_nothing(upkeep, over):
    anchor(TODAY, upkeep.anchor_ports)
    before = {name: [*versions] for name, versions in upkeep.anchors.kept.items()}
    assert anchor(TODAY, upkeep.anchor_ports)
    assert upkeep.anchors.kept == before


def test_whoever_wrote_late_is_anchored_by_the_second_time(upkeep, over):
    anchor(TODAY, upkeep.anchor_ports)
    upkeep.clock.instant -= DAY
    late = upkeep.write(chain="late")
    upkeep.clock.advance(2 * DAY)
    for task in plan(upkeep.anchor_ports):
        anchor(date.fromisoformat(task.id), upkeep.anchor_ports)
    assert Head("clinic", "late", late.number, late.digest) in anchored(upkeep)[TODAY]


@pytest.mark.parametrize("read", range(5))
def test_a_day_whose_reading_fails_is_not_finished_and_goes_on_later(
    upkeep, over, few_heads, monkeypatch, read
):
    heads = upkeep.ledger.heads

    def failing(*arguments, **named):
        for number, head in enumerate(heads(*arguments, **named)):
            if number == read:
                raise ConnectionError("no page")
            yield head
        if read == 4:
            raise ConnectionError("no last page")

    monkeypatch.setattr(upkeep.ledger, "heads", failing)
    with pytest.raises(ConnectionError):
        anchor(TODAY, upkeep.anchor_ports)
    assert upkeep.days.done == {}

    monkeypatch.undo()
    assert anchor(TODAY, upkeep.anchor_ports)
    assert set(anchored(upkeep)[TODAY]) == over


def test_a_file_that_is_not_taken_is_written_later(upkeep, over, monkeypatch):
    def full(file):
        raise ConnectionError("S3 is away")

    monkeypatch.setattr(upkeep.anchors, "put", full)
    with pytest.raises(ConnectionError):
        anchor(TODAY, upkeep.anchor_ports)
    assert (upkeep.days.places, upkeep.days.done) == ({}, {})
    monkeypatch.undo()
    anchor(TODAY, upkeep.anchor_ports)
    assert set(anchored(upkeep)[TODAY]) == over


def test_a_day_too_long_for_one_run_goes_on_in_the_next(upkeep, over, few_heads):
    runs = 0
    upkeep.tasks.send([Task(Work.ANCHOR, TODAY.isoformat())])
    while upkeep.tasks.take():
        left = iter([True, False])
        anchor(TODAY, upkeep.anchor_ports, may_go_on=partial(next, left))
        runs += 1
    assert runs == 3
    assert set(anchored(upkeep)[TODAY]) == over
    assert sum(map(len, anchored(upkeep).values())) == len(over)


def test_the_plan_is_all_days_that_are_not_finished_the_last_one_first(upkeep):
    upkeep.clock.advance(DAY)
    tasks = plan(upkeep.anchor_ports)
    assert tasks == upkeep.tasks.take()
    assert tasks[0] == Task(Work.ANCHOR, "2026-11-23")
    assert len(tasks) == LOOK_BACK

    for task in tasks:
        anchor(date.fromisoformat(task.id), upkeep.anchor_ports)
    assert plan(upkeep.anchor_ports) == [Task(Work.ANCHOR, "2026-11-22")]


def test_missed_days_are_caught_up_and_counted(upkeep):
    upkeep.clock.advance(DAY)
    for task in plan(upkeep.anchor_ports):
        anchor(date.fromisoformat(task.id), upkeep.anchor_ports)
    upkeep.clock.advance(4 * DAY)

    tasks = plan(upkeep.anchor_ports)

    days = ["2026-11-27", "2026-11-26", "2026-11-25", "2026-11-24"]
    assert [task.id for task in tasks] == days
    assert upkeep.signals.counts["AnchorMissing"] == 2
    assert missing(upkeep.anchor_ports) == [date(2026, 11, day) for day in (24, 25, 26)]


def test_a_new_deployment_misses_nothing(upkeep):
    plan(upkeep.anchor_ports)
    assert upkeep.signals.counts == {}
    assert missing(upkeep.anchor_ports) == []
