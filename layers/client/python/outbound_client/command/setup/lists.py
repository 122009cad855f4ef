"""The account's own lists, read in: what AWS sends nothing to, nobody here sends to either."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound_client.command import upkeep
from outbound_client.command.account import Unknown
from outbound_client.command.failures import Failure
from outbound_client.command.setup.step import Call, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from outbound_client.command.account import Facts
    from outbound_client.command.place import Place

SERVICE = "outbound"
"""Stands where other steps name a service of AWS: this one is the deployment's."""
SES = "ses"
FACT = "upkeep.lists"
REASONS = {"BOUNCE": "bounced", "COMPLAINT": "complained"}
RIGHTS = "ses:ListSuppressedDestinations and sms-voice:DescribeOptedOutNumbers"
SES_PAGE, PHONE_PAGE = 200, 100
SECONDS_BETWEEN_PAGES = 1.0
"""AWS answers one a second: https://docs.aws.amazon.com/sms-voice/latest/userguide/quotas.html"""


@dataclass
class Counts:
    """What became of a list's entries."""

    new: int = 0
    known: int = 0
    unreadable: int = 0

    def add(self, more: dict[str, int]) -> None:
        """Take in those of a page."""
        self.new += more["new"]
        self.known += more["known"]
        self.unreadable += more["unreadable"]

    def __str__(self) -> str:
        unreadable = f", {self.unreadable:,} are no addresses" if self.unreadable else ""
        return f"{self.new:,} suppressed from now on, {self.known:,} were already{unreadable}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Where lists are read, and how long is waited between their pages."""

    place: Place
    function: str
    sleep: Callable[[float], None]
    progress: Callable[[str], None]
    counts: Counts = field(default_factory=Counts)


def fact(place: Place, facts: Facts) -> dict[str, Any]:
    """Which lists the deployment looks after, and when each was read in."""
    function = facts.deployed.upkeep_function
    try:
        return {FACT: upkeep.ask(place, function, "lists")["lists"]}
    except Failure as failure:
        return {FACT: Unknown(str(failure))}


def steps(facts: Facts, *, again: bool) -> Iterable[Step]:
    """A step for each list; what was read in needn't be again, for then its changes are ours."""
    for name, at in facts[FACT].items():
        needed = again or at is None
        what = "SES's suppression list" if name == SES else f"the opt-out list {name}"
        yield Step(
            name="lists.read-in",
            what=f"{what} is read in, and stands for all that is sent here",
            before=at,
            after="now" if needed else at,
            call=Call(SERVICE, "import_suppressions", RIGHTS, {"list": name}) if needed else None,
        )


def read_in(name: str, reader: Reader) -> Counts:
    """Read a list in to its end, page by page; it may be done again.

    Raises:
        Failure: the deployment gave no answer.
        ClientError, BotoCoreError: AWS gave none.
    """
    for items, last in _emails(reader) if name == SES else _numbers(name, reader):
        answer = upkeep.ask(
            reader.place,
            reader.function,
            "import_suppressions",
            source=name,
            items=items,
            last=last,
        )
        reader.counts.add(answer["counts"])
        reader.progress(f"{name}: {reader.counts}")
        if not last:
            reader.sleep(SECONDS_BETWEEN_PAGES)
    return reader.counts


def _emails(reader: Reader) -> Iterator[tuple[list[dict[str, Any]], bool]]:
    client = reader.place.client("sesv2")
    more: dict[str, str] = {}
    while True:
        page = client.list_suppressed_destinations(PageSize=SES_PAGE, **more)
        more = {"NextToken": page["NextToken"]} if page.get("NextToken") else {}
        yield [_email(entry) for entry in page["SuppressedDestinationSummaries"]], not more
        if not more:
            return


def _numbers(name: str, reader: Reader) -> Iterator[tuple[list[dict[str, Any]], bool]]:
    client = reader.place.client("pinpoint-sms-voice-v2")
    more: dict[str, str] = {}
    while True:
        page = client.describe_opted_out_numbers(OptOutListName=name, MaxResults=PHONE_PAGE, **more)
        more = {"NextToken": page["NextToken"]} if page.get("NextToken") else {}
        yield [_number(entry) for entry in page.get("OptedOutNumbers", [])], not more
        if not more:
            return


def _email(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "email",
        "value": entry["EmailAddress"],
        "reason": REASONS[entry["Reason"]],
        "at": entry["LastUpdateTime"].isoformat(),
    }


def _number(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "phone",
        "value": entry["OptedOutNumber"],
        "reason": "opted_out",
        "at": entry["OptedOutTimestamp"].isoformat(),
    }
