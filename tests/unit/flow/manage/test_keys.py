"""Making and revoking API keys."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.key import digest_of
from outbound.domain.words import Mode, Purpose, Scope
from outbound.flow.manage.keys import Rotation, create, revoke, rotate
from outbound.flow.once import IN_FLIGHT
from tests.builders import TENANT, make_key, make_new_key
from tests.memory import MemoryKeys
from tests.memory.clock import START

ONCE = make_new_key(idempotency_key="first-key", fingerprint="fingerprint")
HOUR = timedelta(hours=1)


class Gone(Exception):
    """The process ended here."""


class DyingKeys(MemoryKeys):
    """Keys whose writer dies before the write."""

    def insert(self, key):
        raise Gone


def refused(world, request, issuer=None):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        create(request, issuer, world.key_ports)
    assert world.snapshot() == before
    return refusal.value


@pytest.mark.parametrize("mode", list(Mode))
def test_a_key_is_shown_once_and_stored_hashed(world, mode):
    made = create(make_new_key(mode=mode), None, world.key_ports)
    assert made.secret is not None
    assert made.secret.startswith(f"ob_{mode}_")
    assert len(made.secret) == len("ob_live_") + 43
    stored = world.keys.by_digest(digest_of(made.secret))
    assert stored == made.key == world.keys.by_id(TENANT, made.key.id)
    assert made.secret not in repr(world.snapshot())


def test_two_keys_have_nothing_in_common(world):
    one = create(make_new_key(), None, world.key_ports)
    other = create(make_new_key(), None, world.key_ports)
    assert one.secret != other.secret
    assert one.key.id != other.key.id


def test_a_key_may_make_a_key_with_rights_of_its_own(world):
    issuer = make_key()
    request = make_new_key(scopes=issuer.scopes, purposes=issuer.purposes, mode=Mode.TEST)
    made = create(request, issuer, world.key_ports)
    assert (made.key.scopes, made.key.purposes) == (issuer.scopes, issuer.purposes)


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"scopes": frozenset({Scope.KEYS_WRITE})}, ["/scopes"]),
        ({"purposes": frozenset({Purpose.MARKETING})}, ["/purposes"]),
        ({"mode": Mode.LIVE}, ["/mode"]),
        (
            {"scopes": frozenset(Scope), "purposes": frozenset(Purpose), "mode": Mode.LIVE},
            ["/scopes", "/purposes", "/mode"],
        ),
    ],
)
def test_a_key_cannot_make_one_with_more_rights(world, changes, pointers):
    issuer = make_key(
        mode=Mode.TEST,
        scopes=frozenset({Scope.MESSAGES_WRITE}),
        purposes=frozenset({Purpose.TRANSACTIONAL}),
    )
    refusal = refused(world, make_new_key(**{"mode": Mode.TEST, **changes}), issuer)
    assert refusal.code == "more_than_issuer"
    assert [fault.pointer for fault in refusal.faults] == pointers


def test_an_operator_may_make_any_key(world):
    request = make_new_key(scopes=frozenset(Scope), purposes=frozenset(Purpose))
    assert create(request, None, world.key_ports).key.scopes == frozenset(Scope)


@pytest.mark.parametrize("ago", [timedelta(), HOUR])
def test_a_key_cannot_be_made_expired(world, ago):
    refusal = refused(world, make_new_key(expires_at=world.clock.now() - ago))
    assert (refusal.code, refusal.faults[0].pointer) == ("time_in_the_past", "/expires_at")


@pytest.mark.parametrize("hours", [-14, 0, 14])
def test_an_end_that_does_not_exist_in_utc_is_refused(world, hours):
    zone = timezone(timedelta(hours=hours))
    request = make_new_key(expires_at=datetime(9999, 12, 31, 23, 59, tzinfo=zone))
    refusal = refused(world, request)
    assert (refusal.code, refusal.faults[0].pointer) == ("time_too_far", "/expires_at")


def test_a_replay_is_answered_though_the_key_has_expired(world):
    end = world.clock.now() + HOUR
    request = make_new_key(expires_at=end, idempotency_key="first-key", fingerprint="fingerprint")
    first = create(request, None, world.key_ports)
    world.clock.advance(HOUR)
    second = create(request, None, world.key_ports)
    assert (second.key, second.secret) == (first.key, None)


def test_an_end_is_kept_in_whole_milliseconds(world):
    end = world.clock.now() + HOUR
    request = make_new_key(expires_at=end + timedelta(microseconds=7))
    assert create(request, None, world.key_ports).key.expires_at == end


def test_a_replay_gives_the_key_without_its_secret(world):
    first = create(ONCE, None, world.key_ports)
    before = world.snapshot()
    second = create(ONCE, None, world.key_ports)
    assert (second.key, second.secret) == (first.key, None)
    assert world.snapshot() == before


def test_another_request_with_the_same_idempotency_key_is_refused(world):
    create(ONCE, None, world.key_ports)
    other = make_new_key(idempotency_key="first-key", fingerprint="another")
    assert refused(world, other).code == "idempotency_key_reused"


def test_asking_for_another_mode_is_another_request(world):
    issuer = make_key()
    create(ONCE, issuer, world.key_ports)
    other = make_new_key(
        mode=Mode.TEST, idempotency_key="first-key", fingerprint="another", name="shop"
    )
    assert refused(world, other, issuer).code == "idempotency_key_reused"


def test_another_tenant_does_not_meet_the_idempotency_key(world):
    mine = create(ONCE, None, world.key_ports)
    other = make_new_key(tenant="other", idempotency_key="first-key", fingerprint="fingerprint")
    theirs = create(other, None, world.key_ports)
    assert theirs.secret is not None
    assert theirs.key.id != mine.key.id


def test_what_a_crash_left_behind_is_in_flight_and_then_taken_over(world):
    whole, world.keys = world.keys, DyingKeys()
    with pytest.raises(Gone):
        create(ONCE, None, world.key_ports)
    world.keys = whole
    assert refused(world, ONCE).code == "request_in_flight"
    (claim,) = world.idempotency.claims.values()
    world.clock.advance(IN_FLIGHT)
    made = create(ONCE, None, world.key_ports)
    assert made.key.id == claim.resource
    assert made.secret is not None


def test_a_revoked_key_stays_revoked_since_the_first_time(world):
    made = create(make_new_key(), None, world.key_ports)
    revoked = revoke(TENANT, made.key.id, world.key_ports)
    assert revoked.revoked_at == world.clock.now()
    world.clock.advance(HOUR)
    assert revoke(TENANT, made.key.id, world.key_ports) == revoked
    assert world.keys.by_digest(made.key.digest) == revoked


@pytest.mark.parametrize("tenant", [TENANT, "other"])
def test_an_unknown_key_or_another_tenants_cannot_be_revoked(world, tenant):
    made = create(make_new_key(), None, world.key_ports)
    key_id = made.key.id if tenant == "other" else "key_unknown"
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        revoke(tenant, key_id, world.key_ports)
    assert refusal.value.code == "unknown_key_id"
    assert world.snapshot() == before


def turn(world, key, issuer=None, **changes):
    values = {"tenant": TENANT, "key_id": key.id, "overlap": HOUR}
    return rotate(Rotation(**values | changes), issuer, world.key_ports)


def refused_rotation(world, key, issuer=None, **changes):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        turn(world, key, issuer, **changes)
    assert world.snapshot() == before
    return refusal.value


def test_a_rotated_key_has_the_same_rights_and_the_old_one_ends_after_the_overlap(world):
    asked = make_new_key(allowed_addresses=("192.0.2.0/24",), limit_per_minute=60)
    old = create(asked, None, world.key_ports).key
    world.clock.advance(HOUR)
    made = turn(world, old)
    for name in ("name", "mode", "scopes", "purposes", "allowed_addresses", "limit_per_minute"):
        assert getattr(made.key, name) == getattr(old, name)
    assert made.key.replaces == old.id
    assert made.key.digest == digest_of(made.secret) != old.digest
    ended = world.keys.by_id(TENANT, old.id)
    assert (ended.expires_at, ended.replaced_by) == (world.clock.now() + HOUR, made.key.id)


def test_a_rotation_never_lengthens_the_life_of_a_key(world):
    end = world.clock.now() + HOUR / 2
    old = create(make_new_key(expires_at=end), None, world.key_ports).key
    made = turn(world, old)
    assert world.keys.by_id(TENANT, old.id).expires_at == made.key.expires_at == end


def test_the_same_rotation_again_is_the_same_key_without_its_secret(world):
    old = create(make_new_key(), None, world.key_ports).key
    first = turn(world, old, idempotency_key="turn", fingerprint="f")
    before = world.snapshot()
    world.clock.advance(HOUR)
    again = turn(world, old, idempotency_key="turn", fingerprint="f")
    assert (again.key, again.secret) == (first.key, None)
    assert world.snapshot() == before


def test_a_key_is_replaced_once(world):
    old = create(make_new_key(), None, world.key_ports).key
    made = turn(world, old)
    refusal = refused_rotation(world, old)
    assert (refusal.code, made.key.id in refusal.detail) == ("key_already_rotated", True)
    assert turn(world, made.key).key.replaces == made.key.id


def test_a_key_that_has_ended_is_not_replaced(world):
    revoked = create(make_new_key(), None, world.key_ports).key
    revoke(TENANT, revoked.id, world.key_ports)
    expired = create(make_new_key(expires_at=world.clock.now() + HOUR), None, world.key_ports).key
    world.clock.advance(HOUR)
    assert refused_rotation(world, revoked).code == "key_not_usable"
    assert refused_rotation(world, expired).code == "key_not_usable"


def test_another_tenants_key_is_unknown(world):
    key = create(make_new_key(), None, world.key_ports).key
    assert refused_rotation(world, key, tenant="other").code == "unknown_key_id"


def test_a_key_does_not_replace_one_with_more_rights(world):
    key = create(make_new_key(scopes=frozenset(Scope)), None, world.key_ports).key
    issuer = make_key(scopes=frozenset({Scope.KEYS_WRITE}))
    assert refused_rotation(world, key, issuer).code == "more_than_issuer"


LATER = START + HOUR


@pytest.mark.parametrize(
    ("issuer", "asked", "pointer"),
    [
        ({"expires_at": LATER}, {"expires_at": LATER + HOUR}, "/expires_at"),
        (
            {"allowed_addresses": ("192.0.2.0/24",)},
            {"allowed_addresses": ("192.0.2.7/32", "198.51.100.1/32")},
            "/allowed_addresses",
        ),
        (
            {"allowed_addresses": ("192.0.2.0/24",)},
            {"allowed_addresses": ("192.0.0.0/16",)},
            "/allowed_addresses",
        ),
        (
            {"allowed_addresses": ("192.0.2.0/24",)},
            {"allowed_addresses": ("2001:db8::/32",)},
            "/allowed_addresses",
        ),
        ({"limit_per_minute": 60}, {"limit_per_minute": 61}, "/limit_per_minute"),
    ],
)
def test_a_key_makes_none_with_more(world, issuer, asked, pointer):
    refusal = refused(world, make_new_key(**asked), make_key(**issuer))
    assert [fault.pointer for fault in refusal.faults] == [pointer]


def test_what_is_left_open_is_inherited(world):
    limits = {
        "expires_at": LATER,
        "allowed_addresses": ("192.0.2.0/24",),
        "limit_per_minute": 60,
    }
    key = create(make_new_key(), make_key(**limits), world.key_ports).key
    assert {name: getattr(key, name) for name in limits} == limits


def test_a_key_that_a_key_makes_belongs_to_the_same_person(world):
    ada = create(make_new_key(person="ada"), None, world.key_ports).key
    made = create(make_new_key(person="grace"), ada, world.key_ports).key
    assert (ada.person, made.person) == ("ada", "ada")
    nobodys = create(make_new_key(), None, world.key_ports).key
    assert create(make_new_key(person="grace"), nobodys, world.key_ports).key.person is None


def test_nobody_replaces_the_key_of_another_person(world):
    ada = create(make_new_key(person="ada"), None, world.key_ports).key
    grace = create(make_new_key(person="grace"), None, world.key_ports).key
    assert refused_rotation(world, grace, ada).code == "more_than_issuer"
    assert turn(world, ada, ada).key.person == "ada"
    assert turn(world, grace).key.person == "grace"
