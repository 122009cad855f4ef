"""The keeping of coupon pools, and files that are read in the background."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.coupon import ImportState
from outbound.domain.errors import Refusal
from outbound.domain.media import MediaState
from outbound.flow.manage import coupons
from outbound.ports import Added
from outbound.ports.coupons import TOGETHER
from tests.builders import TENANT, make_key, make_media
from tests.memory.clock import START

KEY = make_key()
LINES = [f"C-{each},10 %" for each in range(2 * TOGETHER)]


@pytest.fixture
def ports(world):
    coupons.put("spring", None, KEY, world.coupon_ports)
    return world.coupon_ports


@pytest.fixture
def file(world):
    """A file that is there; gives its id back."""

    def file(content, **changes):
        media = make_media(name="codes.csv", type="text/csv", size=len(content), **changes)
        world.media.insert(replace(media, state=MediaState.READY))
        world.files.kept[f"{media.tenant}/{media.id}"] = content
        return media.id

    return file


def work(world, **how):
    """What the queue brings, until it brings no more."""
    while tasks := world.tasks.take():
        for task in tasks:
            coupons.work(task.tenant, task.id, world.coupon_ports, **how)


def test_codes_are_added_once_however_often_they_are_sent(ports):
    codes = [f"C-{each}" for each in range(200)]
    assert coupons.add("spring", [*codes, "C-0"], KEY, ports) == Added(200, 1)
    assert coupons.add("spring", codes, KEY, ports) == Added(0, 200)


@pytest.mark.parametrize(
    ("expires_at", "code"),
    [(START, "time_in_the_past"), (START + timedelta(days=2000), "time_too_far")],
)
def test_an_end_must_lie_within_five_years(world, expires_at, code):
    with pytest.raises(Refusal) as refused:
        coupons.put("spring", expires_at, KEY, world.coupon_ports)
    assert refused.value.code == code
    assert world.coupons.pools == {}


def test_another_tenants_pool_is_unknown(ports):
    other = make_key(tenant="other")
    for ask in (
        lambda: coupons.find("spring", other, ports),
        lambda: coupons.add("spring", ["A"], other, ports),
        lambda: coupons.begin("spring", make_media().id, other, ports),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "unknown_coupon_pool_id"


def test_a_file_is_read_and_counted(world, ports, file):
    content = "\ufeff" + "\n".join([*LINES, "two words", "", "C-0"])
    begun = coupons.begin("spring", file(content.encode()), KEY, ports)
    assert begun.state is ImportState.RUNNING

    work(world, may_go_on=lambda: True)

    (done,) = coupons.find("spring", KEY, ports).imports
    counts = (done.lines, done.added, done.duplicates, done.invalid)
    assert (done.state, *counts) == (ImportState.FINISHED, 183, 180, 1, 1)


def test_what_time_is_short_for_is_another_task(world, ports, file):
    coupons.begin("spring", file("\n".join(LINES).encode()), KEY, ports)
    turns = iter([True, False, True, True, True])

    work(world, may_go_on=lambda: next(turns))

    standing = coupons.find("spring", KEY, ports)
    assert (standing.added, standing.imports[0].state) == (180, ImportState.FINISHED)


def test_a_step_that_is_repeated_after_a_crash_counts_once(world, ports, file):
    media_id = file("\n".join(LINES).encode())
    begun = coupons.begin("spring", media_id, KEY, ports)
    work(world, may_go_on=lambda: True)
    done = world.coupons.found(TENANT, "spring", media_id)

    again = coupons.begin("spring", media_id, KEY, ports)
    coupons.work(TENANT, f"spring/{media_id}", ports, may_go_on=lambda: True)

    assert begun.state is ImportState.RUNNING
    assert again == done == world.coupons.found(TENANT, "spring", media_id)
    assert world.tasks.queued == []


def test_a_file_that_is_gone_ends_its_import_with_the_reason(world, ports, file):
    media_id = file(b"A")
    coupons.begin("spring", media_id, KEY, ports)
    world.files.kept.clear()

    work(world, may_go_on=lambda: True)

    (failed,) = coupons.find("spring", KEY, ports).imports
    assert (failed.state, failed.reason) == (ImportState.FAILED, "media_gone")


def test_a_file_in_another_encoding_or_of_bytes_is_no_code(world, ports, file):
    coupons.begin("spring", file(bytes(range(128, 256)) + b"\nA"), KEY, ports)
    work(world, may_go_on=lambda: True)
    (done,) = coupons.find("spring", KEY, ports).imports
    assert (done.added, done.invalid) == (1, done.lines - 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tenant": "other"}, "media_not_found"),
        ({"type": "image/png"}, "wrong_media_type"),
        ({"state": MediaState.REJECTED}, "media_not_ready"),
        ({"state": MediaState.WAITING}, "media_not_ready"),
    ],
)
def test_only_a_ready_file_of_codes_is_read(world, ports, changes, code):
    media = make_media(**{"type": "text/csv", "state": MediaState.READY, **changes})
    world.media.insert(media)
    with pytest.raises(Refusal) as refused:
        coupons.begin("spring", media.id, KEY, ports)
    assert [(each.pointer, each.code) for each in refused.value.faults] == [("/media_id", code)]
    assert world.tasks.queued == []
