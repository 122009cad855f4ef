"""What headers mean, and what a row of cells says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound.domain.words import Channel, Purpose
from outbound.ports import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from outbound.domain.contact_import import Plan

SEVERAL = ("email", "phone")
LISTS = ("preferred", "forbidden", "offsets")
PLAIN = ("id", "locale", "timezone", "region")
PARTS = ("status", "level", "source", "at", "expires_at", "wording", "proof")
KINDS = ("text", "number", "boolean", "list")
# fmt: off
ALSO = {
    "contact_id": "id", "contactid": "id", "customer_id": "id", "user_id": "id",
    "e_mail": "email", "email_address": "email", "mail": "email",
    "mobile": "phone", "mobile_number": "phone", "phone_number": "phone", "telephone": "phone",
    "time_zone": "timezone", "language": "locale",
}
# fmt: on
_ATTRIBUTE = re.compile(r"attributes\.(?P<name>[^:]{1,100})(?::(?P<kind>[a-z]+))?", re.IGNORECASE)
TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a cell goes: a field with its parts, and what it is read as."""

    path: tuple[str, ...]
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What headers may say. Without the fields that make it `enough`, nothing can be read, for the
    reason `lacking`."""

    target_of: Callable[[str], Target | None]
    enough: Callable[[set[str]], bool]
    lacking: str


@dataclass(slots=True)
class Said:
    """What a row says, as a request would hold it, and which cell each part is from."""

    document: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)


def target_of(name: str) -> Target | None:
    """What a field's name means: `phone`, `attributes.age:number`, `consents.sms.marketing.at`."""
    attribute = _ATTRIBUTE.fullmatch(name.strip())
    if attribute is not None:
        kind = attribute["kind"] or "text"
        return Target(("attributes", attribute["name"]), kind) if kind in KINDS else None
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    plain = ALSO.get(plain, plain)
    if plain in (*SEVERAL, "preferred", "forbidden", *PLAIN):
        return Target((plain,))
    return _consent(name.strip().lower().split("."))


CONTACTS = Vocabulary(target_of, lambda names: bool(names & {"id", *SEVERAL}), "no_contact_column")


def _consent(parts: list[str]) -> Target | None:
    match parts:
        case ["consents", channel, purpose, *topic, part] if len(topic) <= 1 and part in PARTS:
            if channel in set(Channel) and purpose in set(Purpose):
                return Target(("consents", channel, purpose, *(topic or ["*"]), part))
    return None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file: their headers, and what each means (None: nothing)."""

    headers: tuple[str, ...]
    targets: tuple[Target | None, ...]
    constants: Mapping[str, str]
    vocabulary: Vocabulary

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headers that mean nothing."""
        pairs = zip(self.headers, self.targets, strict=True)
        return tuple(header for header, target in pairs if target is None)

    def said(self, cells: Sequence[str]) -> Said:
        """What a row says; an empty cell says nothing."""
        said = Said()
        for header, target, cell in zip(self.headers, self.targets, cells, strict=False):
            if target is not None and cell.strip():
                _say(said, target, header, cell.strip())
        for name, value in self.constants.items():
            target = self.vocabulary.target_of(name)
            if target is not None and not _has(said.document, target.path):
                _say(said, target, name, value)
        _list_consents(said)
        return said


def columns_of(headers: Iterable[str], plan: Plan, vocabulary: Vocabulary) -> Columns:
    """The columns of a header.

    Raises:
        Unreadable: something is lacking, one that has a meaning isn't there, or two say the same.
    """
    names = tuple(header.strip() for header in headers)
    if not plan.columns.keys() <= {*names}:
        raise Unreadable("column_missing")
    meant = [plan.columns.get(name, name) for name in names]
    targets = tuple(vocabulary.target_of(name) if name else None for name in meant)
    once = [
        each.path
        for each in targets
        if each is not None and each.path[0] not in (*SEVERAL, *LISTS) and each.kind != "list"
    ]
    if len(once) != len(set(once)):
        raise Unreadable("column_twice")
    if not vocabulary.enough({target.path[0] for target in targets if target is not None}):
        raise Unreadable(vocabulary.lacking)
    return Columns(names, targets, plan.constants, vocabulary)


def columns_in(value: Mapping[str, Any], plan: Plan, vocabulary: Vocabulary) -> Columns:
    """The members of an object that have another name than theirs, and the constants."""
    headers = tuple(name for name in value if name in plan.columns)
    meant = [plan.columns[name] for name in headers]
    targets = tuple(vocabulary.target_of(name) if name else None for name in meant)
    return Columns(headers, targets, plan.constants, vocabulary)


def cell_of(value: Any) -> str | None:
    """What a member of an object would say as a cell; None where no cell could."""
    if isinstance(value, list):
        parts = [cell_of(each) for each in value]
        return None if None in parts else ",".join(part for part in parts if part)
    if isinstance(value, dict):
        return None
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _say(said: Said, target: Target, header: str, text: str) -> None:
    *path, name = target.path
    holder = said.document
    for part in path:
        holder = holder.setdefault(part, {})
    pointer = "/" + "/".join(target.path)
    if name in LISTS or target.kind == "list":
        holder.setdefault(name, []).extend(part for part in re.split(r"[,;|\s]+", text) if part)
    elif name in SEVERAL and not path:
        holder.setdefault(name, []).append(text)
        pointer = f"{pointer}/{len(holder[name]) - 1}"
    else:
        holder[name] = _as(target.kind, text)
    said.cells[pointer] = header, text


def _as(kind: str, text: str) -> Any:
    """A cell as what its header says it is; where it isn't that, as its text, which is refused."""
    if kind == "number" and re.fullmatch(NUMBER, text):
        return float(text) if "." in text else int(text)
    if kind == "boolean":
        return TRUTHS.get(text.lower(), text)
    return text


def mistold(target: Target, text: str) -> bool:
    """Whether a cell isn't the number, or yes or no, that it should be."""
    return target.kind in ("number", "boolean") and isinstance(_as(target.kind, text), str)


def misread(said: Said, columns: Columns) -> list[tuple[str, str, str]]:
    """Header, cell and kind of what isn't what its header says."""
    wrong = []
    for header, target in zip(columns.headers, columns.targets, strict=True):
        if target is None or target.kind not in ("number", "boolean"):
            continue
        value = _found(said.document, target.path)
        if isinstance(value, str):
            wrong.append((header, value, target.kind))
    return wrong


def _has(document: Mapping[str, Any], path: Sequence[str]) -> bool:
    return _found(document, path) is not None


def _found(document: Mapping[str, Any], path: Sequence[str]) -> Any:
    value: Any = document
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _list_consents(said: Said) -> None:
    """Statements by topic as a list of them, and the pointers to their cells with them."""
    for channel, purposes in said.document.get("consents", {}).items():
        for purpose, topics in purposes.items():
            statements = []
            for index, (topic, statement) in enumerate(topics.items()):
                statements.append(statement if topic == "*" else {**statement, "topic": topic})
                own = f"/consents/{channel}/{purpose}/{topic}/"
                for pointer in [each for each in said.cells if each.startswith(own)]:
                    part = pointer.removeprefix(own)
                    said.cells[f"/consents/{channel}/{purpose}/{index}/{part}"] = said.cells.pop(
                        pointer
                    )
            purposes[purpose] = statements
