"""`outbound doctor`: looks at an account, changes nothing, and says what keeps messages."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.account import look
from outbound_client.command.doctor import probe, report
from outbound_client.command.doctor.checks import CHANNELS, checks
from outbound_client.command.doctor.verdict import Finding, State, Verdict, judged
from outbound_client.command.failures import REFUSED, USAGE, Failure
from outbound_client.command.place import place_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from outbound_client.command.surroundings import Surroundings


def run(asked: Namespace, around: Surroundings) -> None:
    """Look, and show what was found.

    Raises:
        Failure: there are problems (exit code 1), or something could not be looked at (2).
    """
    place = place_of(asked, around)
    channels = asked.channel or CHANNELS
    show.progress("looking at the deployment")
    resolver = around.resolver(place.nameserver)
    facts = look(place, channels, lambda done, of: show.progress(f"looked {done}/{of}"), resolver)
    if "email" in channels and asked.send:
        identifier = f"prb-{secrets.token_hex(8)}"
        since = int(around.now().timestamp() * 1000) - 60_000
        facts = facts.and_(
            probe.run(
                place,
                facts,
                identifier,
                since=since,
                sleep=around.sleep,
                progress=show.progress,
            )
        )
    show.progress("")
    found = [judged(check, facts) for check in checks(facts, channels)]
    if not asked.send:
        found = [_left_out(one) if one.name == probe.CHECK.name else one for one in found]
    if asked.json:
        show.as_json(report.as_document(facts.about, found))
    else:
        print(report.as_text(facts.about, found))
    sys.stdout.flush()
    _end(found)


def _left_out(finding: Finding) -> Finding:
    return Finding(finding.name, Verdict(State.LEFT_OUT, "--no-send: no test email."))


def _end(findings: Sequence[Finding]) -> None:
    counted = report.counts(findings)
    if problems := counted[State.PROBLEM]:
        raise Failure(f"{problems} problem{'s' if problems > 1 else ''}.", REFUSED)
    if unknown := counted[State.NOT_CHECKED]:
        raise Failure(f"{unknown} not checked.", USAGE)
