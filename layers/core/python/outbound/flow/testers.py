"""Testers: asked to show that an address is theirs, by a code that it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at
from outbound.domain.tester import (
    AGAIN_AFTER,
    MOST_TESTERS,
    Tester,
    code_of,
    takes_code,
    tried,
)
from outbound.flow.intake import accept, rehearse
from outbound.flow.tester_code import telling

if TYPE_CHECKING:
    from outbound.domain.address import Address
    from outbound.domain.key import ApiKey
    from outbound.flow.intake import Intake, Request
    from outbound.ports import TesterList, Testers

TRIES = 20


@dataclass(frozen=True, slots=True)
class TesterPorts:
    """What the keeping of testers works with."""

    testers: Testers
    intake: Intake


def invite(
    tester_id: str, address: Address, key: ApiKey, ports: TesterPorts
) -> tuple[Tester, bool]:
    """Write somebody down and send their address a code; whether they are new.

    Who has shown that it is theirs stays as they are. A code is sent again a minute after the last.

    Raises:
        Refusal: there are too many testers, or the address may not be written to.
    """
    for _ in range(TRIES):
        now = ports.intake.clock.now()
        known = ports.testers.all(key.tenant)
        before = known.find(tester_id)
        if before is not None and before.address == address:
            if before.verified_at is not None:
                return before, False
            if now < before.asked_at + AGAIN_AFTER:
                _tell(before, key, ports)
                return before, False
        if before is None and len(known.testers) >= MOST_TESTERS:
            message = f"There are {MOST_TESTERS} testers already; remove one first."
            raise Refusal("too_many_testers", message)
        tester = Tester(tester_id, address, now)
        _check(tester, key, ports)
        if _write(known, tester, key, ports):
            _tell(tester, key, ports)
            return tester, before is None
    raise _busy()


def verify(tester_id: str, code: str, key: ApiKey, ports: TesterPorts) -> Tester:
    """Take a code; the try is counted before anybody learns whether it was right.

    Raises:
        Refusal: there is no such tester, or the code is wrong or no longer taken.
    """
    for _ in range(TRIES):
        now = ports.intake.clock.now()
        known = ports.testers.all(key.tenant)
        tester = known.find(tester_id)
        if tester is None:
            raise _unknown()
        if tester.verified_at is not None:
            return tester
        if not takes_code(tester, now):
            message = "This code is no longer taken; ask for a new one by PUT."
            raise refused_at("/code", "code_expired", message)
        after = tried(tester, code, code_of(ports.intake.secret, key.tenant, tester), now)
        if _write(known, after, key, ports):
            if after.verified_at is None:
                raise refused_at("/code", "wrong_code", "This is not the code that was sent.")
            return after
    raise _busy()


def remove(tester_id: str, key: ApiKey, testers: Testers) -> Tester:
    """Forget somebody.

    Raises:
        Refusal: there is no such tester.
    """
    for _ in range(TRIES):
        known = testers.all(key.tenant)
        tester = known.find(tester_id)
        if tester is None:
            raise _unknown()
        rest = tuple(each for each in known.testers if each.id != tester_id)
        if testers.write(key.tenant, rest, known.version):
            return tester
    raise _busy()


def _write(known: TesterList, tester: Tester, key: ApiKey, ports: TesterPorts) -> bool:
    others = (each for each in known.testers if each.id != tester.id)
    ordered = tuple(sorted((*others, tester), key=lambda each: each.id))
    return ports.testers.write(key.tenant, ordered, known.version)


def _tell(tester: Tester, key: ApiKey, ports: TesterPorts) -> None:
    accept(_request(tester, key, ports), key, ports.intake)


def _check(tester: Tester, key: ApiKey, ports: TesterPorts) -> None:
    """Before anything is written: may the address be written to?"""
    told = rehearse(_request(tester, key, ports), key, ports.intake)
    if told.message.decision.verdict != "send":
        message = "This address may not be written to; POST /v1/messages?dry_run=true says why."
        raise refused_at(f"/{tester.address.kind}", "address_blocked", message)


def _request(tester: Tester, key: ApiKey, ports: TesterPorts) -> Request:
    organisation = ports.intake.organisations.get(key.tenant)
    return telling(tester, key.tenant, ports.intake.secret, organisation)


def _unknown() -> Refusal:
    return Refusal("unknown_tester", "There is no tester with this id.")


def _busy() -> Refusal:
    return Refusal("testers_busy", "Others are changing the testers; try again.", retry_after=1)
