"""Testers show that an address is theirs before they get anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound import ports
from outbound.domain.errors import Refusal
from outbound.domain.organisation import Organisation
from outbound.domain.suppression import Reason
from outbound.domain.tester import AGAIN_AFTER, MOST_TESTERS, MOST_TRIES, VALID_FOR, code_of
from outbound.domain.words import Purpose
from outbound.flow.testers import invite, remove, verify
from tests.builders import EMAIL, PHONE, TENANT, make_key, make_suppression
from tests.memory.world import LEASE, SECRET

KEY = make_key()


def asked(world, address=PHONE, tester_id="ann", key=KEY):
    return invite(tester_id, address, key, world.tester_ports)


def messages(world):
    return [world.messages.claim(ref, now=world.clock.now(), lease=LEASE) for ref in queued(world)]


def queued(world):
    return [ref for _, _, ref in world.queue.queued]


def code(world, tester_id="ann"):
    return code_of(SECRET, TENANT, world.testers.all(TENANT).find(tester_id))


def tried(world, text, tester_id="ann"):
    return verify(tester_id, text, KEY, world.tester_ports)


def refused(code, call, *arguments):
    with pytest.raises(Refusal) as refusal:
        call(*arguments)
    assert refusal.value.code == code
    return refusal.value


@pytest.mark.parametrize("address", [PHONE, EMAIL])
def test_who_is_invited_is_sent_a_code_and_verified_by_it(world, address):
    tester, new = asked(world, address)
    assert (new, tester.verified_at) == (True, None)
    (claimed,) = messages(world)
    assert (claimed.message.address, claimed.message.purpose) == (address, Purpose.TRANSACTIONAL)
    assert claimed.body.data["code"] == code(world)
    assert claimed.message.expires_at == tester.asked_at + VALID_FOR
    verified = tried(world, code(world))
    assert verified.verified_at == world.clock.now()
    assert world.testers.all(TENANT).testers == (verified,)


def test_the_code_says_who_asks_in_their_language(world):
    world.organisations.put(TENANT, Organisation(name="Praxis", locale="de-AT"))
    asked(world, EMAIL)
    (claimed,) = messages(world)
    bodies = world.renderer.render(claimed.body.content, claimed.body.data)
    assert bodies["subject"] == f"Ihr Code: {code(world)}"
    assert bodies["text"].startswith(f"Praxis: Ihr Code ist {code(world)}.")


def test_asking_at_once_again_sends_nothing_more(world):
    first, _ = asked(world)
    assert asked(world) == (first, False)
    assert len(queued(world)) == 1


def test_what_a_crash_kept_from_being_sent_is_sent_by_repeating(world):
    asked(world)
    world.queue.queued.clear()
    world.messages.kept.clear()
    world.messages.bodies.clear()
    world.idempotency.claims.clear()
    asked(world)
    (claimed,) = messages(world)
    assert claimed.body.data["code"] == code(world)


def test_a_minute_later_there_is_another_code_and_the_first_is_none(world):
    asked(world)
    old = code(world)
    world.clock.advance(AGAIN_AFTER)
    asked(world)
    assert code(world) != old
    assert len(queued(world)) == 2
    refused("wrong_code", tried, world, old)
    assert tried(world, code(world)).verified_at is not None


def wrong(world):
    return f"{(int(code(world)) + 1) % 10**6:06}"


def test_after_five_wrong_tries_the_right_code_is_not_taken_either(world):
    asked(world)
    for _ in range(MOST_TRIES):
        assert refused("wrong_code", tried, world, wrong(world)).faults[0].pointer == "/code"
    refused("code_expired", tried, world, code(world))
    assert world.testers.all(TENANT).find("ann").verified_at is None


def test_a_code_is_taken_for_half_an_hour(world):
    asked(world)
    world.clock.advance(VALID_FOR)
    refused("code_expired", tried, world, code(world))


def test_of_two_tries_at_once_both_count(world):
    asked(world)

    class Racing:
        """Somebody else tries between reading and writing."""

        def __init__(self):
            self.late = True

        def all(self, tenant):
            return world.testers.all(tenant)

        def write(self, tenant, testers, seen):
            if self.late:
                self.late = False
                refused("wrong_code", tried, world, wrong(world))
            return world.testers.write(tenant, testers, seen)

    refused(
        "wrong_code",
        verify,
        "ann",
        wrong(world),
        KEY,
        replace(world.tester_ports, testers=Racing()),
    )
    assert world.testers.all(TENANT).find("ann").tries == 2


def test_who_is_verified_stays_so(world):
    asked(world)
    verified = tried(world, code(world))
    assert tried(world, "000000") == verified
    world.clock.advance(timedelta(days=1))
    assert asked(world) == (verified, False)
    assert len(queued(world)) == 1


def test_another_address_must_be_verified_anew(world):
    asked(world)
    tried(world, code(world))
    changed, new = asked(world, EMAIL)
    assert (changed.address, changed.verified_at, new) == (EMAIL, None, False)


def test_an_address_that_said_no_is_sent_no_code_and_nothing_is_written(world):
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.OPTED_OUT))
    before = world.snapshot()
    assert refused("address_blocked", asked, world).faults[0].pointer == "/phone"
    assert world.snapshot() == before


def test_a_key_that_may_not_send_such_messages_invites_nobody(world):
    key = make_key(purposes=frozenset({Purpose.MARKETING}))
    before = world.snapshot()
    refused("purpose_not_allowed", asked, world, PHONE, "ann", key)
    assert world.snapshot() == before


def test_there_are_only_so_many(world):
    for number in range(MOST_TESTERS):
        asked(world, tester_id=f"t{number:02}")
    refused("too_many_testers", asked, world)
    remove("t00", KEY, world.testers)
    assert asked(world)[1]


def test_who_is_removed_is_unknown(world):
    asked(world)
    assert remove("ann", KEY, world.testers).id == "ann"
    refused("unknown_tester", remove, "ann", KEY, world.testers)
    refused("unknown_tester", tried, world, "000000")


def test_another_tenant_knows_none_of_them(world):
    asked(world)
    other = make_key(tenant="other")
    refused("unknown_tester", verify, "ann", code(world), other, world.tester_ports)
    assert world.testers.all("other") == ports.TesterList()
