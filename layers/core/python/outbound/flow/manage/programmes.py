"""Programmes: made, replaced, read and removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at
from outbound.domain.key import check_purpose
from outbound.domain.words import Channel
from outbound.ports import KeywordTaken

if TYPE_CHECKING:
    from outbound.domain.key import ApiKey
    from outbound.domain.programme import Programme
    from outbound.domain.two_way import TwoWayNumbers
    from outbound.ports import Clock, Programmes


@dataclass(frozen=True, slots=True)
class ProgrammePorts:
    """What the keeping of programmes works with."""

    clock: Clock
    programmes: Programmes
    numbers: TwoWayNumbers


def put(programme: Programme, key: ApiKey, ports: ProgrammePorts) -> tuple[Programme, bool]:
    """The programme as it is now, and whether it was made just now.

    Raises:
        Refusal: the key may not send for its purpose, another has its keyword, or it is joined by
            text and there is no number that people could answer.
    """
    check_purpose(key, programme.purpose)
    if Channel.SMS in programme.channels and ports.numbers.of(key.tenant) is None:
        message = "A yes by text needs a number that people can answer: set one as sms.two_way."
        raise refused_at("/channels", "no_two_way_number", message)
    before = ports.programmes.get(key.tenant, programme.id)
    if before is not None:
        programme = replace(programme, created_at=before.created_at)
    try:
        ports.programmes.put(programme)
    except KeywordTaken:
        message = "Another of your programmes has this keyword."
        raise refused_at("/keyword", "keyword_taken", message) from None
    return programme, before is None


def get(programme_id: str, key: ApiKey, ports: ProgrammePorts) -> Programme:
    """A programme.

    Raises:
        Refusal: the tenant has none with this id.
    """
    programme = ports.programmes.get(key.tenant, programme_id)
    if programme is None:
        raise Refusal("unknown_programme", "There is no programme with this id.")
    return programme


def delete(programme_id: str, key: ApiKey, ports: ProgrammePorts) -> Programme:
    """Remove a programme; what people have said for it stays said.

    Raises:
        Refusal: the tenant has none with this id.
    """
    programme = get(programme_id, key, ports)
    ports.programmes.delete(key.tenant, programme_id)
    return programme
