"""`outbound checks put`, and `outbound contacts check`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.contacts import show_contact
from outbound_client.command.failures import REFUSED, Failure
from outbound_client.command.reading import objects_of
from outbound_client.errors import Problem

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.client import OutboundClient
    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import CheckedNumber, ItemProblem

TOGETHER = 500
FIELDS = ("phone", "kind", "answer", "since", "source", "at", "proof")


def put(asked: Namespace, around: Surroundings) -> None:
    """Record the look-ups of a file, one in each line, with all who have their numbers."""
    lines = objects_of(asked.file)
    kept: list[dict[str, Any]] = []
    with client(asked, around) as api:
        for start in range(0, len(lines), TOGETHER):
            some = lines[start : start + TOGETHER]
            for item in _put([check for _, check in some], api, around):
                line, _ = some[item.index]
                kept.append({"line": line} | item.model_dump(mode="json", exclude={"index"}))
                if item.problem is not None:
                    show.remark(f"{asked.file}, line {line}: {_why(item.problem)}")
    refused = sum(each["problem"] is not None for each in kept)
    if asked.json:
        show.as_json({"items": kept})
    else:
        print(f"{len(kept) - refused} of {len(kept)} are recorded")
    if refused:
        raise Failure(f"{refused} of {len(kept)} were refused.", REFUSED)


def check(asked: Namespace, around: Surroundings) -> None:
    """Record a look-up of a contact's number."""
    given: Any = {name: value for name in FIELDS if (value := getattr(asked, name)) is not None}
    with client(asked, around) as api:
        show_contact(api.put_contact_checks(asked.id, [given]), asked)


def _put(checks: list[Any], api: OutboundClient, around: Surroundings) -> tuple[CheckedNumber, ...]:
    """What became of some; a key that has asked for too much in its minute waits for the next."""
    while True:
        try:
            return api.put_checks(checks)
        except Problem as problem:
            wait = problem.retry_after
            if problem.status != HTTPStatus.TOO_MANY_REQUESTS or wait is None:
                raise
            show.remark(f"the key has asked for all it may in a minute: going on in {wait:.0f} s")
            around.sleep(wait)


def _why(problem: ItemProblem) -> str:
    wrong = [f"{each.pointer.rpartition('/')[2]}: {each.message}" for each in problem.errors]
    return f"{' '.join(wrong) or problem.detail} ({problem.code})"
