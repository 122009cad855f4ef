"""Imports, as requests and answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.forms import form, not_blank
from outbound.adapters.api.paging import cursor_of
from outbound.adapters.api.reading import Model, fingerprint_of, parsed, read
from outbound.domain.contact_import import Format, ImportState, Kind, Origin, Plan
from outbound.domain.instant import rfc3339, rfc3339_or_none
from outbound.domain.words import Channel, Purpose
from outbound.flow.imports.keeping import NewImport

if TYPE_CHECKING:
    from outbound.domain.contact_import import ContactImport
    from outbound.ports import ImportPage, UploadForm

ROUTE = "POST /v1/imports"
MOST_COLUMNS = 200
_PARTS = "status|level|source|at|expires_at|wording|proof"
_SAID = (
    r"locale|timezone|region|preferred|forbidden"
    r"|attributes\.[^:]{1,100}(:(text|number|boolean|list))?"
    rf"|consents\.({'|'.join(Channel)})\.({'|'.join(Purpose)})"
    rf"(\.[a-z0-9][a-z0-9_-]{{0,63}})?\.({_PARTS})"
)
_REMINDED = (
    r"timezone|channel|purpose|topic|template|moved_template|cancelled_template|offsets|past"
    r"|expires_in|data\.[^:]{1,100}(:(text|number|boolean|list))?"
    r"|calendar\.(duration|uid|summary|location|description)"
)
Header = Annotated[str, Field(min_length=1, max_length=200)]
FieldName = Annotated[
    str,
    form(
        rf"^(id|email|phone|{_SAID})$",
        "Must be id, email, phone, locale, timezone, region, preferred, forbidden, or a name such "
        "as attributes.plan, attributes.age:number or consents.sms.marketing.status.",
    ),
]
Constant = Annotated[
    str,
    form(
        rf"^({_SAID})$",
        "Must be locale, timezone, region, preferred, forbidden, or a name such as "
        "attributes.plan, attributes.age:number or consents.sms.marketing.status.",
    ),
]
AppointmentField = Annotated[
    str,
    form(
        rf"^(id|contact_id|at|status|cancelled|{_REMINDED})$",
        "Must be a part of an appointment, such as id, contact_id, at, template, offsets, "
        "data.doctor or calendar.location.",
    ),
]
AppointmentConstant = Annotated[
    str,
    form(
        rf"^({_REMINDED})$",
        "Must be what reminders share, such as timezone, channel, purpose, template, offsets, "
        "data.doctor or calendar.location.",
    ),
]
Cell = Annotated[str, not_blank(2000)]


class ImportModel(Model):
    """A file of contacts to import."""

    type: Literal[Kind.CONTACTS, Kind.REMINDERS] = Kind.CONTACTS
    format: Format
    source: Origin = Origin.OUTBOUND
    columns: Annotated[dict[Header, FieldName | None], Field(max_length=MOST_COLUMNS)] = Field(
        default_factory=dict
    )
    constants: Annotated[dict[Constant, Cell], Field(max_length=MOST_COLUMNS)] = Field(
        default_factory=dict
    )


class ReminderImportModel(Model):
    """A file of appointments to import, whose contacts are reminded of them."""

    type: Literal[Kind.REMINDERS]
    format: Format
    columns: Annotated[dict[Header, AppointmentField | None], Field(max_length=MOST_COLUMNS)] = (
        Field(default_factory=dict)
    )
    constants: Annotated[dict[AppointmentConstant, Cell], Field(max_length=MOST_COLUMNS)] = Field(
        default_factory=dict
    )


def read_import(text: str, idempotency_key: str | None) -> NewImport:
    """An import as it is announced.

    Raises:
        Refusal: the body isn't one.
    """
    return NewImport(_plan(text), idempotency_key, fingerprint_of(ROUTE, text))


def _plan(text: str) -> Plan:
    value = parsed(text)
    if isinstance(value, dict) and value.get("type") == Kind.REMINDERS:
        from outbound.adapters.imports.appointment_constants import check_constants

        named = read(ReminderImportModel, text)
        check_constants(named.constants)
        return Plan(named.format, Origin.OUTBOUND, named.columns, named.constants, Kind.REMINDERS)
    model = read(ImportModel, text)
    return Plan(model.format, model.source, model.columns, model.constants)


def announced_body(imported: ContactImport, form: UploadForm | None) -> dict[str, Any]:
    """An import that was announced, with the form that takes its file."""
    upload = None
    if form is not None:
        expires_at = rfc3339(form.expires_at)
        upload = {"url": form.url, "fields": dict(form.fields), "expires_at": expires_at}
    return {**listed_body(imported), "upload": upload}


def import_body(imported: ContactImport, report: str | None) -> dict[str, Any]:
    """An import as it is, with a link to its report."""
    return {**listed_body(imported), "report": report}


def import_page_body(page: ImportPage) -> dict[str, Any]:
    """Imports without their reports."""
    after = page.after.removeprefix("imp_") if page.after else None
    return {
        "items": [listed_body(each) for each in page.imports],
        "next_cursor": cursor_of(after),
    }


def has_report(imported: ContactImport) -> bool:
    """Whether there is a report, or will be in a moment."""
    return imported.state not in (ImportState.WAITING, ImportState.RUNNING)


def listed_body(imported: ContactImport) -> dict[str, Any]:
    """An import as lists show it."""
    counts = imported.counts
    return {
        "id": imported.id,
        "type": imported.plan.kind,
        "format": imported.plan.format,
        "source": imported.plan.origin,
        "columns": dict(imported.plan.columns),
        "constants": dict(imported.plan.constants),
        "state": imported.state,
        "reason": imported.reason,
        "size": imported.size,
        "read": {"bytes": imported.place.offset, "lines": imported.place.line},
        "rows": {
            "created": counts.created,
            "changed": counts.changed,
            "unchanged": counts.unchanged,
            "refused": counts.refused,
        },
        "reported": counts.complaints,
        "ignored_columns": list(imported.ignored),
        "created_at": rfc3339(imported.created_at),
        "started_at": rfc3339_or_none(imported.started_at),
        "finished_at": rfc3339_or_none(imported.finished_at),
    }
