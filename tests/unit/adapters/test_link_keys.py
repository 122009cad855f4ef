"""Keys that sign links: replaced without a link that anybody doesn't know, kept long enough."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from outbound.adapters.link_keys import KEPT, READ_AGAIN, SIGNS_AFTER, LinkKeys, keys_of, rotated
from outbound.adapters.links import SignedLinks
from outbound.domain.link import Link, Use
from outbound.domain.words import Channel, Purpose
from tests.memory.clock import START, MemoryClock

LINK = Link(Use.UNSUBSCRIBE, "acme", "k" * 26, "c" * 16, Channel.EMAIL, Purpose.MARKETING, "news")
FIRST = '{"newest": "a", "older": []}'


class Secrets:
    """Secrets Manager with one secret; `away` doesn't answer."""

    def __init__(self) -> None:
        self.secret, self.asked, self.away = FIRST, 0, False

    def get_secret_value(self, *, SecretId: str) -> dict[str, str]:
        self.asked += 1
        if self.away:
            raise ClientError({"Error": {"Code": "InternalServiceError"}}, "GetSecretValue")
        return {"SecretString": self.secret}

    def put_secret_value(self, *, SecretId: str, SecretString: str) -> None:
        self.secret = SecretString


@pytest.fixture
def clock():
    return MemoryClock()


@pytest.fixture
def secrets():
    return Secrets()


def test_a_new_key_signs_only_when_all_have_read_it():
    secret = rotated(FIRST, "b", START)
    just_before = START + SIGNS_AFTER - timedelta(milliseconds=1)
    assert keys_of(secret, START) == keys_of(secret, just_before) == ["a", "b"]
    assert keys_of(secret, START + SIGNS_AFTER) == ["b", "a"]
    assert READ_AGAIN < SIGNS_AFTER


def test_a_replaced_key_is_kept_for_more_than_a_year():
    secret = rotated(FIRST, "b", START)
    kept = rotated(secret, "c", START + KEPT)
    assert keys_of(kept, START + KEPT + SIGNS_AFTER) == ["c", "b", "a"]
    gone = rotated(kept, "d", START + KEPT + SIGNS_AFTER)
    assert keys_of(gone, START + KEPT + 2 * SIGNS_AFTER) == ["d", "c", "b"]


def test_the_secret_is_read_once_an_hour_and_what_is_known_is_kept(secrets, clock):
    keys = LinkKeys(secrets, "links", clock)
    assert [list(keys), len(keys), keys[0], secrets.asked] == [["a"], 1, "a", 1]
    secrets.secret = rotated(FIRST, "b", clock.now())
    clock.advance(READ_AGAIN)
    assert list(keys) == ["a", "b"]
    secrets.away = True
    clock.advance(READ_AGAIN)
    assert list(keys) == ["b", "a"]
    with pytest.raises(ClientError):
        list(LinkKeys(secrets, "links", clock))


def test_whoever_rotates_no_link_is_met_by_somebody_who_does_not_know_its_key(secrets, clock):
    early, late = (SignedLinks(LinkKeys(secrets, "links", clock), "") for _ in range(2))
    made = [early.token(LINK), late.token(LINK)]
    for _ in range(3):
        LinkKeys(secrets, "links", clock).rotate()
        for _ in range(10):
            clock.advance(timedelta(minutes=17))
            made.append(early.token(LINK))
            assert [late.read(token, Use.UNSUBSCRIBE) for token in made] == [LINK] * len(made)
            made.append(late.token(LINK))
            assert [early.read(token, Use.UNSUBSCRIBE) for token in made] == [LINK] * len(made)


def test_while_a_new_key_waits_there_is_none_after_it(secrets, clock):
    keys = LinkKeys(secrets, "links", clock)
    first = keys.rotate()
    clock.advance(timedelta(minutes=1))
    assert (keys.rotate(), len(keys)) == (first, 2)
    clock.advance(SIGNS_AFTER)
    assert (keys.rotate() > first, len(keys)) == (True, 3)
    assert all(len(each) > 60 for each in {*keys} - {"a"})
    assert json.loads(secrets.secret)["older"][-1]["key"] == "a"
