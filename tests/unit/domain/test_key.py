"""API keys: usable or not, and for what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.key import check_purpose, check_scope, check_usable, digest_of
from outbound.domain.words import Purpose, Scope
from tests.builders import make_key
from tests.memory.clock import START

SECOND = timedelta(seconds=1)


def test_a_key_is_usable_until_the_instant_it_expires():
    key = make_key(expires_at=START)
    check_usable(key, START - timedelta(milliseconds=1))
    with pytest.raises(Refusal) as refusal:
        check_usable(key, START)
    assert refusal.value.code == "expired_key"


def test_a_key_without_an_end_does_not_expire():
    check_usable(make_key(), START + timedelta(days=36500))


def test_a_revoked_key_is_refused_even_if_it_has_expired_too():
    with pytest.raises(Refusal) as refusal:
        check_usable(make_key(revoked_at=START, expires_at=START), START + SECOND)
    assert refusal.value.code == "revoked_key"


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_needs_the_scope(scope):
    check_scope(make_key(scopes=frozenset({scope})), scope)
    with pytest.raises(Refusal) as refusal:
        check_scope(make_key(scopes=frozenset(Scope) - {scope}), scope)
    assert refusal.value.code == "missing_scope"
    assert scope in refusal.value.detail


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_key_needs_the_purpose(purpose):
    check_purpose(make_key(purposes=frozenset({purpose})), purpose)
    with pytest.raises(Refusal) as refusal:
        check_purpose(make_key(purposes=frozenset(Purpose) - {purpose}), purpose)
    assert refusal.value.code == "purpose_not_allowed"
    assert [fault.pointer for fault in refusal.value.faults] == ["/purpose"]


def test_a_key_without_purposes_says_so():
    with pytest.raises(Refusal, match="It may send: none"):
        check_purpose(make_key(purposes=frozenset()), Purpose.MARKETING)


def test_the_same_secret_has_the_same_digest():
    assert digest_of("ob_live_abc") == digest_of("ob_live_abc") != digest_of("ob_live_abd")
    assert len(digest_of("ob_live_abc")) == 64
