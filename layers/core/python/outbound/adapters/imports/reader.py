"""The rows of a file, whatever its form, with what is wrong with those that can't be taken."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contact_requests import read_contact_id
from outbound.adapters.csv_lines import line_of
from outbound.adapters.imports.appointments import APPOINTMENTS, appointed_by
from outbound.adapters.imports.columns import CONTACTS, Columns, Said, columns_of, misread
from outbound.adapters.imports.documents import changing
from outbound.adapters.imports.lines import NOT_UTF8, TOO_LONG, lines
from outbound.adapters.imports.naming import named_by
from outbound.adapters.imports.pinpoint import Left, adding, endpoint_of, nested
from outbound.adapters.imports.report import COLUMNS, lines_of, mask
from outbound.adapters.imports.tables import NOT_CSV, Record, Table
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
NOT_JSON = "not_json"
WORDS = {
    NOT_CSV: "The row is not CSV: a quotation mark isn't closed, or stands within a cell.",
    NOT_JSON: "The row must be one JSON object.",
    NOT_UTF8: "The row is not UTF-8.",
    TOO_LONG: "A row may have 65,536 bytes.",
}


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
        return _unreadable(record.line, record.behind, record.fault)
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
        complaints = [
            Complaint(record.line, header, mask(value), "invalid", f"Must be a {kind}.")
            for header, value, kind in wrong
        ]
        return Row(record.line, record.behind, complaints=complaints)
    return _said(record.line, record.behind, said, plan, now)


def _objects(found: Iterator[Any], plan: Plan, now: datetime) -> Iterator[Row]:
    for line in found:
        number, behind = line.behind.line, line.behind
        if line.fault is not None:
            yield _unreadable(number, behind, line.fault)
        elif line.text.strip():
            try:
                value = json.loads(line.text)
            except (ValueError, RecursionError):
                value = None
            if not isinstance(value, dict):
                yield _unreadable(number, behind, NOT_JSON)
            elif plan.origin is Origin.PINPOINT:
                yield _endpoint(value, number, behind, now)
            else:
                yield _said(number, behind, _with_constants(value, plan), plan, now)


def _with_constants(value: dict[str, Any], plan: Plan) -> Said:
    """The constants where a row says nothing of them, by the way that columns go."""
    if not plan.constants:
        return Said(value)
    told = Columns((), (), plan.constants, VOCABULARIES[plan.kind]).said([])
    return Said(_filled(value, told.document))


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
    explain = partial(_explained, line, said)
    try:
        appointment = appointed_by(said.document)
    except Refusal as refusal:
        faults = refusal.faults or (Fault("", refusal.code, refusal.detail),)
        return Row(line, behind, complaints=[explain(each) for each in faults])
    return Row(line, behind, explain=explain, appointment=appointment)


def _named(line: int, behind: Place, said: Said, now: datetime) -> Row:
    """A row of whoever it names: by id, else by the first address."""
    explain = partial(_explained, line, said)
    document = {name: value for name, value in said.document.items() if name != "id"}
    try:
        if said.document.get("id") is not None:
            name = read_contact_id(said.document["id"])
            return Row(line, behind, name, None, changing(document, now), explain)
        address = named_by(_first(document.get("email")), _first(document.get("phone")))
    except Refusal as refusal:
        return Row(line, behind, complaints=[explain(each) for each in refusal.faults])
    return Row(line, behind, None, address, changing(document, now), explain)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _endpoints(records: Iterator[Record], headers: list[str], now: datetime) -> Iterator[Row]:
    for record in records:
        if record.fault is not None:
            yield _unreadable(record.line, record.behind, record.fault)
        else:
            yield _endpoint(nested(headers, record.cells), record.line, record.behind, now)


def _endpoint(value: Mapping[str, Any], line: int, behind: Place, now: datetime) -> Row:
    endpoint = endpoint_of(value, now)
    notes = [_noted(line, each) for each in endpoint.left]
    nobody = endpoint.contact_id is None and endpoint.address is None
    if endpoint.kind is None or nobody:
        message = "The endpoint names neither a user nor an address."
        return Row(
            line,
            behind,
            complaints=notes or [Complaint(line, "Address", "", "no_address", message)],
        )
    explain = partial(_explained_endpoint, line, endpoint.kind, value)
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
        line, behind, endpoint.contact_id, address, adding(endpoint, now), explain, notes=notes
    )


def _noted(line: int, left: Left) -> Complaint:
    return Complaint(line, left.column, mask(left.value), left.code, left.message)


def _explained(line: int, said: Said, fault: Fault) -> Complaint:
    header, value = _cell(said, fault.pointer)
    return Complaint(line, header, mask(value), fault.code, fault.message)


def _cell(said: Said, pointer: str) -> tuple[str, Any]:
    """The cell that a pointer leads to, or the one that is nearest to what isn't there."""
    if pointer in said.cells:
        return said.cells[pointer]
    place = pointer
    while place and said.cells:
        found = next((cell for at, cell in said.cells.items() if at.startswith(place)), None)
        if found is not None:
            return (found[0], found[1]) if place == pointer else (found[0], "")
        place = place.rpartition("/")[0]
    return pointer, _at(said.document, pointer)


def _at(document: Any, pointer: str) -> Any:
    """What lies where a pointer leads; an object or a list tells nothing."""
    value = document
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return None if isinstance(value, dict | list) else value


def _explained_endpoint(line: int, kind: str, value: Mapping[str, Any], fault: Fault) -> Complaint:
    field = fault.pointer.split("/")[1] if fault.pointer else ""
    own = field in ("", kind)
    column = "Address" if own else "Attributes" if field == "attributes" else field
    return Complaint(
        line, column, mask(value.get("Address")) if own else "", fault.code, fault.message
    )


def _unreadable(line: int, behind: Place, code: str) -> Row:
    return Row(line, behind, complaints=[Complaint(line, "", "", code, WORDS[code])])
