"""What is wrong with a row, said by the file's own names and without its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.imports.lines import NOT_UTF8, TOO_LONG
from outbound.adapters.imports.report import mask
from outbound.adapters.imports.tables import NOT_CSV
from outbound.domain.contact_import import Complaint
from outbound.ports import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.adapters.imports.columns import Said
    from outbound.adapters.imports.pinpoint import Left
    from outbound.domain.contact_import import Place
    from outbound.domain.errors import Fault

NOT_JSON = "not_json"
WORDS = {
    NOT_CSV: "The row is not CSV: a quotation mark isn't closed, or stands within a cell.",
    NOT_JSON: "The row must be one JSON object.",
    NOT_UTF8: "The row is not UTF-8.",
    TOO_LONG: "A row may have 65,536 bytes.",
}


def unreadable(line: int, behind: Place, code: str) -> Row:
    """A row that can't be read."""
    return Row(line, behind, complaints=[Complaint(line, "", "", code, WORDS[code])])


def mistyped(line: int, behind: Place, wrong: Iterable[tuple[str, str, str]]) -> Row:
    """A row with cells that aren't what their headers say."""
    complaints = [
        Complaint(line, header, mask(value), "invalid", f"Must be a {kind}.")
        for header, value, kind in wrong
    ]
    return Row(line, behind, complaints=complaints)


def noted(line: int, left: Left) -> Complaint:
    """What was left out of an endpoint."""
    return Complaint(line, left.column, mask(left.value), left.code, left.message)


def explained(line: int, said: Said, fault: Fault) -> Complaint:
    """What is wrong with a row, by the header that says it."""
    header, value = _cell(said, fault.pointer)
    return Complaint(line, header, mask(value), fault.code, fault.message)


def explained_endpoint(line: int, kind: str, value: Mapping[str, Any], fault: Fault) -> Complaint:
    """What is wrong with an endpoint, by its column."""
    field = fault.pointer.split("/")[1] if fault.pointer else ""
    own = field in ("", kind)
    column = "Address" if own else "Attributes" if field == "attributes" else field
    return Complaint(
        line, column, mask(value.get("Address")) if own else "", fault.code, fault.message
    )


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
