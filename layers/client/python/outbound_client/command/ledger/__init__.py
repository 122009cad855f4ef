"""`outbound ledger verify`: holds the ledger against what contacts and anchors noted of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from outbound_client.command import show, upkeep
from outbound_client.command.account.look import find
from outbound_client.command.failures import REFUSED, USAGE, Failure
from outbound_client.command.ledger import report
from outbound_client.command.ledger.looked import Looked
from outbound_client.command.place import place_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.place import Place
    from outbound_client.command.surroundings import Surroundings


def verify(asked: Namespace, around: Surroundings) -> None:
    """Look at the chains that are asked for, and show each fault.

    Raises:
        Failure: there are faults (exit code 1), or something could not be looked at (2).
    """
    if (asked.contact or asked.chain) and not asked.tenant:
        raise Failure("Say whose it is: --tenant.")
    place = place_of(asked, around)
    about, deployed = find(place)
    function = deployed.upkeep_function
    looked: list[Looked] = []
    stopped = None
    try:
        tenants = [asked.tenant] if asked.tenant else _tenants(place, function)
        for tenant in tenants:
            looked.append(Looked(tenant))
            _look(looked[-1], asked, place, function)
    except Failure as failure:
        stopped = str(failure)
    show.progress("")
    if asked.json:
        show.as_json(report.as_document(about, looked, stopped))
    else:
        print(report.as_text(about, looked, stopped))
    sys.stdout.flush()
    _end(looked, stopped)


def _tenants(place: Place, function: str) -> list[str]:
    show.progress("looking for tenants")
    found: list[str] = upkeep.ask(place, function, "ledger_tenants")["tenants"]
    return found


def _look(looked: Looked, asked: Namespace, place: Place, function: str) -> None:
    wanted = {"contact_id": asked.contact, "chain": asked.chain}
    named = {name: value for name, value in wanted.items() if value}
    cursor: str | None = None
    while not looked.whole:
        show.progress(f"{looked.tenant}: {looked.entries:,} entries, {looked.anchors:,} anchors")
        answer = upkeep.ask(
            place, function, "verify_ledger", tenant=looked.tenant, cursor=cursor, **named
        )
        looked.add(answer)
        cursor = answer["next_cursor"]


def _end(looked: list[Looked], stopped: str | None) -> None:
    if faults := sum(len(each.faults) for each in looked):
        raise Failure(f"{faults} fault{'s' if faults > 1 else ''}.", REFUSED)
    if stopped is not None:
        raise Failure("Not all was looked at.", USAGE)
