"""Machines are told by what they say of themselves, and by how soon they come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.machines import HASTE, in_haste, is_machine, opens_ahead
from outbound.domain.message import Entry, Status
from tests.builders import make_message
from tests.memory.clock import START

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
YAHOO = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"


@pytest.mark.parametrize(
    ("agent", "follows", "opens"),
    [
        (IPHONE, False, False),
        (GMAIL, False, True),
        (YAHOO, False, True),
        ("Mozilla/5.0", True, True),
        ("", True, True),
        ("Barracuda Sentinel (EE)", True, True),
        ("Slackbot-LinkExpanding 1.0", True, True),
    ],
)
def test_an_agent_is_told_by_what_it_says(agent, follows, opens):
    assert (is_machine(agent), opens_ahead(agent)) == (follows, opens)


def test_who_comes_within_seconds_of_the_last_hand_over_has_not_read():
    sent = Entry(Status.SENT, START + timedelta(hours=1))
    message = make_message(timeline=(Entry(Status.ACCEPTED, START), sent))
    assert in_haste(message, sent.at + HASTE - timedelta(milliseconds=1))
    assert not in_haste(message, sent.at + HASTE)
