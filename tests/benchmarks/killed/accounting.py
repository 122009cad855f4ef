"""Whether everybody is accounted for: the outbox, the exported rows and the report say the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.benchmarks.killed.people import Person

UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Email:
    """One that left."""

    to: str
    subject: str


@dataclass(frozen=True, slots=True)
class Row:
    """What the export says of a recipient."""

    contact_id: str
    status: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a run in the end, by whoever was asked."""

    emails: Sequence[Email]
    rows: Sequence[Row]
    state: str
    recipients: int
    statuses: Mapping[str, int]


def faults(
    people: Sequence[Person],
    subjects: Mapping[str, str],
    told: Told,
    in_doubt: int,
    *,
    again: bool = False,
) -> list[str]:
    """What doesn't match; nothing where each is accounted for.

    Whose worker was killed between its claim and the provider's answer is in doubt. If nobody is
    tried twice, such a person has one email or none, and stands as unconfirmed where there is
    none; if they are tried `again`, one or two. So it can be with `in_doubt` at most, and with
    nobody else.
    """
    emails = Counter(email.to for email in told.emails)
    usual = Counter(emails[person.email] for person in people if person.eligible)
    doubted = usual[2 if again else 0]
    return [
        *_of_people(people, subjects, told, again=again),
        *_of_sums(people, told),
        *([f"{doubted} are in doubt, of {in_doubt} who can be"] if doubted > in_doubt else ()),
    ]


def _of_people(
    people: Sequence[Person], subjects: Mapping[str, str], told: Told, *, again: bool
) -> Iterator[str]:
    usual = {1, 2} if again else {0, 1}
    left: defaultdict[str, list[str]] = defaultdict(list)
    for email in told.emails:
        left[email.to].append(email.subject)
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for row in told.rows:
        rows[row.contact_id].append(row.status)
    for person in people:
        got, statuses = left.pop(person.email, []), rows.pop(person.id, [])
        expected = _status(person, len(got))
        if len(got) not in (usual if person.eligible else {0}):
            yield f"{person.id}: {len(got)} emails, consent {person.consent}"
        if any(subject != subjects[person.language] for subject in got):
            yield f"{person.id}: not in {person.language}"
        if statuses != [expected]:
            yield f"{person.id}: {statuses} in the export, {expected} by the outbox"
    yield from (f"{len(got)} emails to somebody who isn't meant" for got in left.values())
    yield from ("a row of somebody who isn't meant" for _ in rows)


def _status(person: Person, emails: int) -> str:
    if not person.eligible:
        return "blocked"
    if emails == 0:
        return UNCONFIRMED
    return "bounced" if person.bounces else "delivered"


def _of_sums(people: Sequence[Person], told: Told) -> Iterator[str]:
    if told.state != "finished":
        yield f"the campaign is {told.state}"
    if not len(people) == told.recipients == sum(told.statuses.values()):
        counted = sum(told.statuses.values())
        yield f"{len(people)} contacts, {told.recipients} recipients, {counted} in the report"
    exported = Counter(row.status for row in told.rows)
    if exported != Counter(told.statuses):
        yield f"the report says {dict(told.statuses)}, the export {dict(exported)}"
