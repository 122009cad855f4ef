"""The rows of a file, whatever its form, with what is wrong with those that can't be taken."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contact_requests import read_contact_id
from outbound.adapters.csv_lines import line_of
from outbound.adapters.imports.appointments import APPOINTMENTS, appointed_by
from outbound.adapters.imports.columns import (
    CONTACTS,
    Columns,
    Said,
    cell_of,
    columns_in,
    columns_of,
    misread,
)
from outbound.adapters.imports.complaining import (
    NOT_JSON,
    explained,
    explained_endpoint,
    mistyped,
    noted,
    unreadable,
)
from outbound.adapters.imports.documents import changing
from outbound.adapters.imports.lines import lines
from outbound.adapters.imports.naming import named_by
from outbound.adapters.imports.pinpoint import adding, endpoint_of, nested, opting_out
from outbound.adapters.imports.report import COLUMNS, lines_of
from outbound.adapters.imports.tables import Record, Table
from outbound.adapters.imports.unpacking import unpacked
from outbound.domain.contact_import import BEGIN, Complaint, Format, Kind, Origin, Place
from outbound.domain.errors import Fault, Refusal
from outbound.ports import Row, Rows, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from outbound.domain.contact_import import Plan

    Stream = Callable[[int], Iterator[bytes]]

VOCABULARIES = {Kind.CONTACTS: CONTACTS, Kind.REMINDERS: APPOINTMENTS}


class FileReader:
    """CSV and NDJSON, of ours and of Amazon Pinpoint."""

    head = line_of(*COLUMNS)

    def lines(self, complaints: Iterable[Complaint]) -> str:
        """Complaints as lines of a report."""
        return lines_of(complaints)

    def read(
        self,
        plan: Plan,
        pieces: Stream,
        place: Place,
        *,
        packed: bool,
        now: datetime,
    ) -> Rows:
        """The rows behind a place.

        Raises:
            Unreadable: it isn't what it was said to be, or has no column that we know.
        """
        stream = partial(_unpacked, pieces) if packed else pieces
        if plan.format is Format.NDJSON:
            return Rows(_objects(lines(stream(place.offset), place), plan, now))
        table = Table(lines(stream(0), BEGIN))
        records = table.records()
        header = next(records, None)
        if header is None or header.fault is not None:
            raise Unreadable(header.fault or "empty_file" if header else "empty_file")
        if place.offset > 0:
            rest = Table(lines(stream(place.offset), place), table.separator, place)
            records = rest.records()
        if plan.origin is Origin.PINPOINT:
            return Rows(_endpoints(records, _of_pinpoint(header.cells), now))
        columns = columns_of(header.cells, plan, VOCABULARIES[plan.kind])
        return Rows((_row(record, columns, plan, now) for record in records), columns.ignored)


def _unpacked(pieces: Stream, offset: int) -> Iterator[bytes]:
    return unpacked(pieces(0), offset)


def _of_pinpoint(headers: list[str]) -> list[str]:
    names = [header.strip() for header in headers]
    if not {"ChannelType", "Address"} <= set(names):
        raise Unreadable("no_pinpoint_columns")
    return names


def _row(record: Record, columns: Columns, plan: Plan, now: datetime) -> Row:
    if record.fault is not None:
        return unreadable(record.line, record.behind, record.fault)
    if len(record.cells) > len(columns.headers):
        message = "The row has more cells than the header."
        return Row(
            record.line,
            record.behind,
            complaints=[Complaint(record.line, "", "", "too_many_cells", message)],
        )
    said = columns.said(record.cells)
    wrong = misread(said, columns)
    if wrong:
        return mistyped(record.line, record.behind, wrong)
    return _said(record.line, record.behind, said, plan, now)


def _objects(found: Iterator[Any], plan: Plan, now: datetime) -> Iterator[Row]:
    for line in found:
        number, behind = line.behind.line, line.behind
        if line.fault is not None:
            yield unreadable(number, behind, line.fault)
        elif line.text.strip():
            try:
                value = json.loads(line.text)
            except (ValueError, RecursionError):
                value = None
            if not isinstance(value, dict):
                yield unreadable(number, behind, NOT_JSON)
            elif plan.origin is Origin.PINPOINT:
                yield _endpoint(value, number, behind, now)
            else:
                yield _object(number, behind, value, plan, now)


def _object(line: int, behind: Place, value: dict[str, Any], plan: Plan, now: datetime) -> Row:
    """A row of an object: what is renamed, and constants where it says nothing of them, go by the
    way that cells go."""
    columns = columns_in(value, plan, VOCABULARIES[plan.kind])
    cells = [cell_of(value[name]) for name in columns.headers]
    if None in cells:
        header = columns.headers[cells.index(None)]
        message = "An object can't have another name."
        return Row(line, behind, complaints=[Complaint(line, header, "", "invalid", message)])
    told = columns.said([cell or "" for cell in cells])
    wrong = misread(told, columns)
    if wrong:
        return mistyped(line, behind, wrong)
    own = {name: each for name, each in value.items() if name not in columns.headers}
    return _said(line, behind, Said(_filled(own, told.document), told.cells), plan, now)


def _filled(value: Mapping[str, Any], constant: Mapping[str, Any]) -> dict[str, Any]:
    filled = dict(value)
    for name, each in constant.items():
        own = filled.get(name)
        if isinstance(own, dict) and isinstance(each, dict):
            filled[name] = _filled(own, each)
        else:
            filled.setdefault(name, each)
    return filled


def _said(line: int, behind: Place, said: Said, plan: Plan, now: datetime) -> Row:
    if plan.kind is Kind.REMINDERS:
        return _appointed(line, behind, said)
    return _named(line, behind, said, now)


def _appointed(line: int, behind: Place, said: Said) -> Row:
    explain = partial(explained, line, said)
    try:
        appointment = appointed_by(said.document)
    except Refusal as refusal:
        faults = refusal.faults or (Fault("", refusal.code, refusal.detail),)
        return Row(line, behind, complaints=[explain(each) for each in faults])
    return Row(line, behind, explain=explain, appointment=appointment)


def _named(line: int, behind: Place, said: Said, now: datetime) -> Row:
    """A row of whoever it names: by id, else by the first address."""
    explain = partial(explained, line, said)
    document = {name: value for name, value in said.document.items() if name != "id"}
    try:
        if said.document.get("id") is not None:
            name = read_contact_id(said.document["id"])
            return Row(line, behind, name, None, changing(document, now), explain=explain)
        address = named_by(_first(document.get("email")), _first(document.get("phone")))
    except Refusal as refusal:
        return Row(line, behind, complaints=[explain(each) for each in refusal.faults])
    return Row(line, behind, None, address, changing(document, now), explain=explain)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _endpoints(records: Iterator[Record], headers: list[str], now: datetime) -> Iterator[Row]:
    for record in records:
        if record.fault is not None:
            yield unreadable(record.line, record.behind, record.fault)
        else:
            yield _endpoint(nested(headers, record.cells), record.line, record.behind, now)


def _endpoint(value: Mapping[str, Any], line: int, behind: Place, now: datetime) -> Row:
    endpoint = endpoint_of(value, now)
    notes = [noted(line, each) for each in endpoint.left]
    nobody = endpoint.contact_id is None and endpoint.address is None
    if endpoint.kind is None or nobody:
        message = "The endpoint names neither a user nor an address."
        return Row(
            line,
            behind,
            complaints=notes or [Complaint(line, "Address", "", "no_address", message)],
        )
    explain = partial(explained_endpoint, line, endpoint.kind, value)
    try:
        by_kind = {endpoint.kind: endpoint.address}
        address = (
            named_by(by_kind.get("email"), by_kind.get("phone"))
            if endpoint.contact_id is None
            else None
        )
    except Refusal as refusal:
        return Row(line, behind, complaints=[explain(each) for each in refusal.faults])
    return Row(
        line,
        behind,
        endpoint.contact_id,
        address,
        want=adding(endpoint, now),
        at_least=opting_out(endpoint, now),
        explain=explain,
        notes=notes,
    )
