"""A stop: when the next message is tried."""

from __future__ import annotations

from datetime import timedelta

from outbound.domain.stop import FIRST_PROBE, LONGEST_WAIT, probed, stopped
from outbound.domain.words import Channel
from tests.memory.clock import START


def test_probes_come_ever_later_but_never_later_than_the_longest_wait():
    stop = stopped(Channel.SMS, "MonthlySpendLimit", START)
    waits = [stop.probe_at - START]
    for _ in range(8):
        now = stop.probe_at
        stop = probed(stop, now)
        waits.append(stop.probe_at - now)
    assert waits[:5] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15)]
    assert waits[0] == FIRST_PROBE
    assert set(waits[4:]) == {LONGEST_WAIT}


def test_a_probe_leaves_the_stop_what_it_is():
    stop = stopped(Channel.SMS, "MonthlySpendLimit", START)
    again = probed(stop, START + FIRST_PROBE)
    assert (again.channel, again.at, again.code, again.probes) == (
        stop.channel,
        START,
        stop.code,
        1,
    )
