"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound_client.command.account import NotKnown

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound_client.command.account import Facts


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    NOT_CHECKED = "not checked"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is so, in a sentence; what to do about it, and how long AWS then takes."""

    state: State
    what: str
    remedy: str | None = None
    wait: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One look at the facts; `judge` is pure.

    `name` is `<channel>.<what>`, and stays the same over time.
    """

    name: str
    judge: Callable[[Facts], Verdict]


@dataclass(frozen=True, slots=True)
class Finding:
    """A check and what it found."""

    name: str
    verdict: Verdict


def ok(what: str) -> Verdict:
    """All is as it should be."""
    return Verdict(State.OK, what)


def warning(what: str, remedy: str, wait: str | None = None) -> Verdict:
    """Messages leave, but something is weaker than it should be."""
    return Verdict(State.WARNING, what, remedy, wait)


def problem(what: str, remedy: str, wait: str | None = None) -> Verdict:
    """Messages don't leave, or nobody would learn what became of them."""
    return Verdict(State.PROBLEM, what, remedy, wait)


def judged(check: Check, facts: Facts) -> Finding:
    """Let a check look; what it can't know leaves it open."""
    try:
        return Finding(check.name, check.judge(facts))
    except NotKnown as reason:
        return Finding(check.name, Verdict(State.NOT_CHECKED, f"{reason}"))
