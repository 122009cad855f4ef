"""Rules that make the carrier misbehave: how it answers a call, and what it says afterwards."""

import threading
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, PositiveInt, model_validator


class Answer(BaseModel):
    """How a call is answered.

    `error` and `garbage` (a page of HTML, by default with status 502) refuse it, and `drop: before`
    closes the line unheard. After `hang` (seconds of silence), `drop: after`, `drop: within` (half
    an answer) and `body` (this text for an answer, by default with status 200) the message has been
    accepted all the same. `headers` are added to what is answered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    error: str | None = None
    reason: str | None = None
    message: str | None = None
    status: int | None = None
    hang: NonNegativeFloat = 0
    drop: Literal["before", "within", "after"] | None = None
    garbage: bool = False
    body: str | None = None
    headers: dict[str, str] = {}


class Receipts(BaseModel):
    """What is said of an accepted message, instead of what its address stands for.

    `times` repeats each receipt, `early` plays them before the call is answered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcomes: tuple[str, ...] | None = None
    delay: NonNegativeFloat | None = None
    times: PositiveInt = 1
    order: Literal["given", "reversed"] = "given"
    lost: bool = False
    early: bool = False


class Rule(BaseModel):
    """Applies to calls that match all of channel, operation and to (a glob), at most `times`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: Literal["email", "sms", "voice", "account"] | None = None
    operation: str | None = None
    to: str | None = None
    times: PositiveInt | None = None
    answer: Answer | None = None
    receipts: Receipts | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.answer is None and self.receipts is None:
            raise ValueError("a rule needs an answer or receipts")
        return self

    def matches(self, *, channel: str, operation: str, recipients: Iterable[str]) -> bool:
        """Tell whether a call on this channel, to any of these recipients, is meant."""
        return (
            self.channel in (None, channel)
            and self.operation in (None, operation)
            and (self.to is None or any(fnmatchcase(one, self.to) for one in recipients))
        )


class Rules(BaseModel):
    """The rules in their order; the first that matches and is not used up applies."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Rule, ...] = ()


class RuleBook:
    """The rules in force, and how often each was used."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._lock = threading.Lock()
        self.replace(rules)

    def replace(self, rules: Iterable[Rule]) -> None:
        """Put other rules in force, with nothing used yet."""
        with self._lock:
            self.rules = tuple(rules)
            self._used: Counter[tuple[int, str]] = Counter()

    def answer(
        self,
        *,
        channel: str,
        operation: str,
        recipients: Iterable[str],
        fits: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer | None:
        """Take the answer that the rules have for this call."""

        def wanted(rule: Rule) -> bool:
            return rule.answer is not None and fits(rule.answer)

        rule = self._take("answer", wanted, channel, operation, tuple(recipients))
        return rule.answer if rule else None

    def receipts(
        self, *, channel: str, operation: str, recipients: Iterable[str]
    ) -> Receipts | None:
        """Take the receipts that the rules have for this message."""

        def wanted(rule: Rule) -> bool:
            return rule.receipts is not None

        rule = self._take("receipts", wanted, channel, operation, tuple(recipients))
        return rule.receipts if rule else None

    def _take(
        self,
        part: str,
        wanted: Callable[[Rule], bool],
        channel: str,
        operation: str,
        recipients: tuple[str, ...],
    ) -> Rule | None:
        with self._lock:
            for index, rule in enumerate(self.rules):
                if not wanted(rule) or not rule.matches(
                    channel=channel, operation=operation, recipients=recipients
                ):
                    continue
                if rule.times is None or self._used[index, part] < rule.times:
                    self._used[index, part] += 1
                    return rule
        return None


def read_rules(path: Path) -> Rules:
    """Read a TOML or JSON file of rules."""
    if path.suffix == ".json":
        return Rules.model_validate_json(path.read_bytes())
    return Rules.model_validate(tomllib.loads(path.read_text()))
