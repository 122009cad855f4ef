"""`outbound setup`: sets in an account, once, what CloudFormation can't."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.account import NotKnown, look
from outbound_client.command.account.reasons import DENIED, code_of, why
from outbound_client.command.failures import REFUSED, USAGE, Failure
from outbound_client.command.place import Place, place_of
from outbound_client.command.setup import lists, report
from outbound_client.command.setup.plan import plan
from outbound_client.command.setup.step import Call, Done, State, Step

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from outbound_client.command.account import About, Facts
    from outbound_client.command.surroundings import Surroundings

CHANNELS = ("email", "sms", "voice")


def run(asked: Namespace, around: Surroundings) -> None:
    """Look, show what would change, and after a yes change it.

    Raises:
        Failure: a step failed (exit code 1), or nothing could be looked at (2).
    """
    place = place_of(asked, around)
    facts = look(place, CHANNELS, lambda done, of: show.progress(f"looked {done}/{of}"), None)
    show.progress("")
    try:
        facts = facts.and_(lists.fact(place, facts))
        steps = plan(facts, again=asked.read_lists)
    except NotKnown as reason:
        raise Failure(f"{reason}.", USAGE) from None
    if any(step.call for step in steps) and not asked.dry_run and not asked.yes:
        print(report.as_text(facts.about, [_intended(step) for step in steps]), file=sys.stderr)
        around.confirm("\nDo it?")
    intended = [_intended(step) for step in steps]
    done = intended if asked.dry_run else [_do(one, place, facts, around) for one in intended]
    _show(asked, facts.about, done)
    if failed := sum(one.state is State.FAILED for one in done):
        raise Failure(f"{failed} step{'s' if failed > 1 else ''} failed.", REFUSED)


def _show(asked: Namespace, about: About, done: list[Done]) -> None:
    if asked.json:
        show.as_json(report.as_document(about, done))
    else:
        print(report.as_text(about, done))
    sys.stdout.flush()


def _intended(step: Step) -> Done:
    if step.unknown:
        return Done(step, State.FAILED, f"{step.unknown}; nothing was done")
    return Done(step, State.WOULD if step.call else State.ALREADY)


def _do(intended: Done, place: Place, facts: Facts, around: Surroundings) -> Done:
    call = intended.step.call
    if call is None:
        return intended
    if call.service == lists.SERVICE:
        return _read_in(intended, call, place, facts, around)
    failure = _failure(lambda: _made(call, place), call.right)
    return Done(intended.step, State.FAILED if failure else State.DONE, failure)


def _read_in(intended: Done, call: Call, place: Place, facts: Facts, around: Surroundings) -> Done:
    function = facts.deployed.upkeep_function
    reader = lists.Reader(place, function, around.sleep, show.progress)
    failure = _failure(lambda: lists.read_in(call.parameters["list"], reader), call.right)
    show.progress("")
    why = f"{failure}; so far {reader.counts}" if failure else f"{reader.counts}"
    return Done(intended.step, State.FAILED if failure else State.DONE, why)


def _made(call: Call, place: Place) -> None:
    from botocore import xform_name

    client: Any = place.client(call.service)
    getattr(client, xform_name(call.operation))(**call.parameters)


def _failure(work: Callable[[], Any], right: str) -> str | None:
    """Why it failed; None if it didn't."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        work()
    except ClientError as error:
        if code_of(error) in DENIED:
            return f"needs {right}"
        return f"AWS says {code_of(error)}: {error.response.get('Error', {}).get('Message')}"
    except BotoCoreError as error:
        return why(error, right)
    except Failure as failure:
        return str(failure)
    return None
