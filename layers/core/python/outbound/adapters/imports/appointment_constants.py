"""What every row of appointments has: told as wrong when the file is announced, not row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.adapters.api.reading import canonical, escaped, read
from outbound.adapters.api.reminder_models import ReminderPatchModel, SentFor
from outbound.adapters.imports.appointments import APPOINTMENTS, as_requested
from outbound.adapters.imports.columns import Columns, mistold
from outbound.domain.errors import Fault, Refusal
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = {"moved": "moved_template", "cancelled": "cancelled_template"}


class ConstantsModel(ReminderPatchModel):
    """What a reminder may have, of which columns say the rest."""

    channel: Channel | None = None
    purpose: SentFor | None = None


def check_constants(constants: Mapping[str, str]) -> None:
    """Raise Refusal where no row could be right, with pointers to the constants."""
    faults = [*_mistold(constants), *_refused(constants)]
    if faults:
        detail = f"{faults[0].pointer}: {faults[0].message}"
        raise Refusal("invalid_request", detail, *faults)


def _mistold(constants: Mapping[str, str]) -> Iterator[Fault]:
    """Numbers and yes or no that aren't."""
    for name, value in constants.items():
        target = APPOINTMENTS.target_of(name)
        if target is not None and mistold(target, value):
            yield Fault(_place(name), "invalid", f"Must be a {target.kind}.")


def _refused(constants: Mapping[str, str]) -> Iterator[Fault]:
    said = Columns((), (), constants, APPOINTMENTS).said([])
    try:
        read(ConstantsModel, canonical(as_requested(said.document)))
    except Refusal as refusal:
        for fault in refusal.faults:
            # What is lacking may be in a column.
            if fault.code != "required":
                yield replace(fault, pointer=_place(_named(fault.pointer, constants)))


def _named(pointer: str, constants: Mapping[str, str]) -> str:
    """The constant that a place of a request is from; of `data`, the one that is to blame."""
    _, name, *parts = pointer.split("/")
    if name == "calendar":
        return f"calendar.{parts[0]}"
    if name == "data":
        some = [each for each in constants if each.startswith("data.")]
        return next((each for each in some if each.split(":")[0] == "data.reminder"), some[0])
    return NAMES.get(name, name)


def _place(name: str) -> str:
    return f"/constants/{escaped(name)}"
