"""`outbound decide`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import REFUSED, Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import ContactDecision


def decide(asked: Namespace, around: Surroundings) -> None:
    """Ask whether contacts may be written to."""
    with client(asked, around) as api:
        answers = api.decide(
            asked.ids,
            channel=asked.channel,
            purpose=asked.purpose,
            topic=asked.topic,
            at=asked.at,
        )
    if asked.json:
        show.as_json({"items": [each.model_dump(mode="json") for each in answers]})
    else:
        show.table(("CONTACT", "VERDICT", "REASON", "UNTIL", "RULE"), [_row(a) for a in answers])
    unasked = [each for each in answers if each.decision is None]
    if unasked:
        told = f"{len(unasked)} of {len(answers)} contacts could not be asked about."
        raise Failure(told, REFUSED)


def _row(answer: ContactDecision) -> tuple[str, ...]:
    decision, problem = answer.decision, answer.problem
    if decision is None:
        return answer.contact_id, "", problem.code if problem else "", "", ""
    until = show.when(decision.until) if decision.until else ""
    return answer.contact_id, decision.verdict, decision.reason or "", until, decision.rule or ""
