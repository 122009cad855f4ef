"""What background work stands on: the days' marks, anchors, changes for AWS's lists, tasks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from outbound.adapters.dynamodb.anchor_days import DynamoAnchorDays
from outbound.adapters.dynamodb.changes import DynamoChanges
from outbound.adapters.dynamodb.erasures import DynamoErasures
from outbound.adapters.dynamodb.imports import DynamoImports
from outbound.adapters.sqs import SqsTasks, task_of
from outbound.domain.address import Address
from outbound.domain.anchor import Head, file_of
from outbound.domain.erasure import Erasure, ErasureState
from outbound.domain.ids import address_key
from outbound.domain.mirror import Change, Erased, hurried
from outbound.domain.task import Task, Work
from outbound.domain.tenure import Tenure
from outbound.ports import StoredAnchor
from tests import aws, memory
from tests.contract.conftest import received
from tests.memory.clock import START
from tests.memory.world import SECRET

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
FILE = file_of(TODAY, [Head("clinic", "c1", 1, "d1")])
NEXT = file_of(TODAY + DAY, [Head("clinic", "c1", 2, "d2")])
OTHER = file_of(TODAY, [Head("shop", "c1", 1, "d1")])
HAD = Tenure("k1", "k2", START - DAY, START)


@pytest.fixture
def days(port):
    return port(memory.MemoryAnchorDays(), "ledger", DynamoAnchorDays)


@pytest.fixture
def imports(port):
    return port(memory.MemoryImports(), "contacts", DynamoImports)


@pytest.fixture
def erasures(port):
    return port(memory.MemoryErasures(), "catalog", DynamoErasures)


@pytest.fixture
def changes(port):
    return port(memory.MemoryChanges(), "contacts", DynamoChanges)


@pytest.fixture(params=["memory", "aws"])
def anchors(request):
    if request.param == "memory":
        return memory.MemoryAnchors()
    request.getfixturevalue("moto")
    return aws.create_anchors(request.getfixturevalue("client")("s3"))


def change(number=0, tenant="clinic", **changes):
    address = Address("phone", f"+1415555{number:04d}")
    key = address_key(SECRET, tenant, address.value)
    return replace(Change(tenant, key, address, lifted=False, at=START, due_at=START), **changes)


def test_a_day_is_finished_when_it_is_said_so(days):
    days.reach(TODAY, "clinic#c1")
    assert days.reached(TODAY) == "clinic#c1"
    assert set(days.finished(TODAY - DAY, TODAY)) == set()
    days.finish(TODAY, START)
    days.finish(TODAY - 2 * DAY, START)
    assert days.reached(TODAY) is None
    assert set(days.finished(TODAY - DAY, TODAY)) == {TODAY}
    assert set(days.finished(TODAY - 2 * DAY, TODAY - 2 * DAY)) == {TODAY - 2 * DAY}


def test_a_finished_day_stays_so_while_it_is_gone_through_again(days):
    days.finish(TODAY, START)
    days.reach(TODAY, "clinic#c1")
    assert set(days.finished(TODAY, TODAY)) == {TODAY}


def test_an_anchor_is_kept_once(anchors):
    assert anchors.put(FILE)
    assert not anchors.put(replace(FILE, content=b"something else"))
    assert anchors.read(FILE.name) == FILE.content
    assert list(anchors.files("clinic")) == [StoredAnchor(FILE.name, 0)]


def test_anchors_are_listed_by_tenant_and_day(anchors):
    for file in (OTHER, NEXT, FILE):
        anchors.put(file)
    assert anchors.tenants() == ["clinic", "shop"]
    assert [each.name for each in anchors.files("clinic")] == [FILE.name, NEXT.name]
    assert [each.name for each in anchors.files("clinic", after=FILE.name)] == [NEXT.name]
    assert list(anchors.files("nobody")) == []


def test_an_anchor_is_its_first_version_whatever_lies_over_it(moto, client):
    s3, anchors = client("s3"), aws.create_anchors(client("s3"))
    anchors.put(FILE)
    s3.put_object(Bucket=anchors.bucket, Key=FILE.name, Body=b"recomputed")
    s3.delete_object(Bucket=anchors.bucket, Key=FILE.name)
    anchors.put(NEXT)

    assert anchors.read(FILE.name) == FILE.content
    assert list(anchors.files("clinic")) == [StoredAnchor(FILE.name, 2), StoredAnchor(NEXT.name, 0)]
    assert anchors.tenants() == ["clinic"]


def test_an_anchor_cannot_be_removed(moto, client):
    s3, anchors = client("s3"), aws.create_anchors(client("s3"))
    anchors.put(FILE)
    (version,) = s3.list_object_versions(Bucket=anchors.bucket)["Versions"]
    with pytest.raises(s3.exceptions.ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=anchors.bucket, Key=FILE.name, VersionId=version["VersionId"])


def test_a_change_is_remembered_until_it_is_removed(changes):
    assert changes.get("clinic", change().key) is None
    changes.put(change())
    assert changes.get("clinic", change().key) == change()
    assert changes.get("shop", change().key) is None
    changes.remove(change())
    assert changes.get("clinic", change().key) is None
    changes.remove(change())


def test_a_later_change_takes_the_place_and_is_not_removed_with_the_earlier(changes):
    later = change(lifted=True, at=START + DAY, due_at=START + DAY)
    changes.put(change())
    changes.put(later)
    changes.remove(change())
    changes.put_off(change(), change(tries=3, due_at=START + 5 * DAY))
    assert changes.get("clinic", later.key) == later


def test_changes_come_when_they_are_due(changes):
    changes.put(change(1))
    changes.put(change(2, due_at=START + DAY))
    changes.put(change(3, tenant="shop"))
    changes.put(change(4, due_at=START + timedelta(seconds=1)))
    assert {each.key for each in changes.due(START, limit=10)} == {
        change(1).key,
        change(3, tenant="shop").key,
    }
    changes.put_off(change(1), replace(change(1), tries=1, due_at=START + DAY))
    assert {each.tenant for each in changes.due(START, limit=10)} == {"shop"}
    assert changes.get("clinic", change(1).key).tries == 1


def test_a_change_knows_by_which_erasure_it_ends(changes):
    erased = Erased("clinic", "era_1", START)
    changes.put(change())
    changes.put_off(change(), hurried(change(), erased))
    assert changes.get("clinic", change().key) == change(erased=erased)


def test_what_did_not_come_to_a_list_is_noted_with_an_erasure_that_goes_on(erasures):
    running = Erasure("era_1", "clinic", "c1", "ada", START, "key_1", addresses=(HAD,))
    assert erasures.open(running) == running
    for kind in ("phone", "email", "phone"):
        erasures.note_unlisted("clinic", "era_1", kind)
    finished = replace(running, state=ErasureState.FINISHED, finished_at=START + DAY, addresses=())
    erasures.update(finished)
    erasures.update(running)
    assert erasures.get("clinic", "era_1") == replace(finished, unlisted=("email", "phone"))
    assert erasures.get("shop", "era_1") is None


def test_no_more_changes_come_than_are_asked_for(changes):
    for number in range(30):
        changes.put(change(number))
    assert len(list(changes.due(START, limit=7))) == 7
    assert len(list(changes.due(START, limit=100))) == 30


@pytest.mark.parametrize("count", [0, 1, 10, 25])
def test_tasks_are_queued_as_ids(moto, client, count):
    sqs = client("sqs")
    url = aws.create_queue(sqs, "upkeep")
    tasks = [Task(Work.MIRROR, f"key{number}", "clinic") for number in range(count)]
    SqsTasks(sqs, url).send(tasks)
    found = [task_of(body) for body in received(sqs, url)]
    assert sorted(found, key=lambda task: task.id) == sorted(tasks, key=lambda task: task.id)


def test_a_task_waits_for_its_delay(moto, client):
    sqs = client("sqs")
    url = aws.create_queue(sqs, "upkeep")
    SqsTasks(sqs, url).send([Task(Work.ANCHOR, "2026-11-23")], delay=timedelta(minutes=10))
    assert received(sqs, url) == []


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "null", json.dumps({"task": "dance", "id": "1", "tenant": ""})]
)
def test_what_names_no_task_is_an_error(body):
    with pytest.raises((ValueError, LookupError, TypeError)):
        task_of(body)


def test_lists_are_remembered_once_they_were_read_in(imports):
    assert imports.finished() == {}
    imports.finish("ses", START)
    imports.finish("Default", START)
    imports.finish("ses", START + DAY)
    assert imports.finished() == {"ses": START + DAY, "Default": START}
