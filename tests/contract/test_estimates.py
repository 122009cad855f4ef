"""Estimates of segments, as they are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.adapters.dynamodb.estimates import DynamoEstimates
from outbound.domain.reach import KEPT, Estimate, Reach, Sampled, Verdict
from outbound.domain.words import Channel, Purpose
from tests import memory
from tests.builders import TENANT
from tests.memory.clock import START

ASKED = Estimate(
    tenant=TENANT,
    id="est_00000000000000000001",
    segment="all",
    versions={"all": 3, "staff": 1},
    channels=(Channel.SMS, Channel.EMAIL),
    purpose=Purpose.MARKETING,
    topic="offers",
    at=START,
    created_at=START,
)
BLOCK = Verdict(Channel.SMS, "block", "no_consent", "us.tcpa.consent")
SEND = Verdict(Channel.EMAIL, "send", None, None)
COUNTED = Reach(
    shard=7,
    after="con_9",
    read=100,
    selected=12,
    verdicts={BLOCK: 9, SEND: 3},
    seen=frozenset({"plan", "age"}),
    sample=(Sampled("a1", "ada", "+1415•••0123", SEND), Sampled("b2", "bob", None, BLOCK)),
    version=1,
)


@pytest.fixture
def estimates(port):
    return port(memory.MemoryEstimates(), "runs", DynamoEstimates)


def test_what_is_asked_is_written_once_and_forgotten_after_its_time(estimates):
    assert estimates.get(TENANT, ASKED.id, START) is None
    estimates.insert(ASKED)
    estimates.insert(replace(ASKED, topic=None))
    assert estimates.get(TENANT, ASKED.id, START) == ASKED
    assert estimates.get("other", ASKED.id, START) is None
    assert estimates.get(TENANT, ASKED.id, START + KEPT) is None


def test_a_shard_moves_on_from_the_version_that_was_read(estimates):
    estimates.insert(ASKED)
    assert estimates.shard(ASKED, 7) == Reach(7)
    assert estimates.move(ASKED, COUNTED)
    assert not estimates.move(ASKED, COUNTED)
    done = replace(COUNTED, done=True, after=None, version=2)
    assert estimates.move(ASKED, done)
    assert not estimates.move(ASKED, done)
    assert estimates.shard(ASKED, 7) == done


def test_all_shards_that_were_begun_are_found(estimates):
    estimates.insert(ASKED)
    assert list(estimates.shards(ASKED)) == []
    for shard in (7, 0, 31):
        estimates.move(ASKED, replace(COUNTED, shard=shard))
    assert [each.shard for each in estimates.shards(ASKED)] == [0, 7, 31]
