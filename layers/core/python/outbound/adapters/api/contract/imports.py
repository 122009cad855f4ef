"""The operations on imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract import import_answers as answers
from outbound.adapters.api.contract.content_schema import DURATION
from outbound.adapters.api.contract.message_schema import SENT_FOR
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import (
    CURSOR,
    IDEMPOTENCY_KEY,
    LIMIT,
    LOCATION,
    PAGING_PROBLEMS,
    REPLAYED,
    schema_of,
)
from outbound.adapters.api.contract.pattern import ImportId
from outbound.adapters.api.contract.schemas import ref, shape, value_of, variant
from outbound.adapters.api.forms import ONE_LINE
from outbound.adapters.api.import_requests import ImportModel
from outbound.adapters.api.reminder_models import MOST_OFFSETS
from outbound.adapters.imports.columns import NUMBER, TRUTHS
from outbound.domain.contact_import import Kind
from outbound.domain.offset import OFFSET
from outbound.domain.reminder import Past
from outbound.domain.words import Channel, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Imports"
WANTED: dict[str, Any] = {
    "format": "csv",
    "columns": {"Kunde": "id", "Umsatz": "attributes.turnover:number", "Bemerkung": None},
    "constants": {"attributes.cohort": "spring"},
}
APPOINTMENTS: dict[str, Any] = {
    "type": "reminders",
    "format": "csv",
    "columns": {"Patient": "contact_id", "Arzt": "data.doctor"},
    "constants": {
        "channel": "sms",
        "purpose": "informational",
        "template": "visit",
        "offsets": "-P1D,-PT1H",
        "timezone": "Europe/Berlin",
    },
}
WAITING: dict[str, Any] = {
    "id": "imp_01kax3b2hv7fw2p8dz5r",
    "type": "contacts",
    "source": "outbound",
    **WANTED,
    "state": "waiting",
    "reason": None,
    "size": None,
    "read": {"bytes": 0, "lines": 0},
    "rows": {"created": 0, "changed": 0, "unchanged": 0, "refused": 0},
    "reported": 0,
    "ignored_columns": [],
    "created_at": "2026-11-23T16:40:00.123Z",
    "started_at": None,
    "finished_at": None,
}
ANNOUNCED = {
    **WAITING,
    "upload": {
        "url": "https://media-bucket.s3.us-east-1.amazonaws.com/",
        "fields": {"key": "incoming/acme/imp_01kax3b2hv7fw2p8dz5r"},
        "expires_at": "2026-11-23T16:55:00.123Z",
    },
}
RUNNING = {
    **WAITING,
    "state": "running",
    "size": 7_000_000,
    "read": {"bytes": 14_200, "lines": 201},
    "rows": {"created": 180, "changed": 12, "unchanged": 5, "refused": 3},
    "reported": 3,
    "ignored_columns": ["Bemerkung"],
    "started_at": "2026-11-23T16:41:00.123Z",
}
FINISHED = {
    **RUNNING,
    "state": "finished",
    "read": {"bytes": 7_000_000, "lines": 100_001},
    "rows": {"created": 99_000, "changed": 400, "unchanged": 500, "refused": 100},
    "reported": 100,
    "finished_at": "2026-11-23T16:49:00.123Z",
    "report": "https://media-bucket.s3.us-east-1.amazonaws.com/kept-93/acme/imp_….csv?…",
}
_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$"}
_LINE = {"type": "string", "pattern": ONE_LINE, "maxLength": 200}
_OFFSET = OFFSET.removeprefix("^").removesuffix("$")
_BETWEEN = r"[,;|\s]+"
FIXED: dict[str, Any] = {
    "channel": {"type": "string", "enum": list(Channel)},
    "purpose": {"type": "string", "enum": SENT_FOR},
    "past": {"type": "string", "enum": list(Past)},
    "timezone": {"type": "string", "format": "timezone"},
    "expires_in": {"type": "string", "pattern": DURATION, "format": "duration"},
    "offsets": {
        "type": "string",
        "pattern": f"^{_OFFSET}({_BETWEEN}{_OFFSET}){{0,{MOST_OFFSETS - 1}}}$",
    },
    "calendar.duration": {"type": "string", "pattern": DURATION, "format": "duration"},
    **{f"calendar.{part}": _LINE for part in ("uid", "summary", "location")},
    **dict.fromkeys(("topic", "template", "moved_template", "cancelled_template"), _ID),
}
FIXED_DATA = {
    r"^data\.[^:]{1,100}:number$": {"type": "string", "pattern": NUMBER},
    r"^data\.[^:]{1,100}:boolean$": {"type": "string", "enum": sorted(TRUTHS)},
}
FORMAT = (
    "CSV with a header, in UTF-8, its cells separated by `,`, `;`, tabs or `|`; or one JSON object "
    "in each line. Either may be packed by gzip."
)
WORDS = {
    "ImportRequest": {
        "type": "What its rows are.",
        "format": FORMAT,
        "source": "Whose columns it has: ours, or those of an export of Amazon Pinpoint.",
        "columns": "What headers mean that don't say so themselves: `id`, `email`, `phone`, "
        "`locale`, `timezone`, `region`, `preferred`, `forbidden`, `attributes.<name>` with "
        "`:number`, `:boolean` or `:list` behind it where it isn't a text, and "
        "`consents.<channel>.<purpose>.<part>`; null for nothing. Members of objects may "
        "have another name too. Exports of Amazon Pinpoint need none, and take none.",
        "constants": "What every row has that doesn't say otherwise, by field; none of an export "
        "of Amazon Pinpoint.",
    },
    "ReminderImport": {
        "type": "What its rows are: appointments.",
        "format": FORMAT,
        "columns": "What headers mean that don't say so themselves: `id`, `contact_id`, `at`, "
        "`timezone`, `status` (`cancelled`, or `active`, `booked`, `confirmed`, `scheduled`), "
        "`cancelled` (yes or no), `channel`, `purpose`, `topic`, `template`, `moved_template`, "
        "`cancelled_template`, `offsets`, `past`, `expires_in`, `calendar.<part>`, and "
        "`data.<name>` with `:number`, `:boolean` or `:list` behind it where it isn't a text; null "
        "for nothing.",
        "constants": "What every row has that doesn't say otherwise, by field: most often "
        "`channel`, `purpose`, `template` and `offsets`. One that no row could have is told here.",
    },
}
ID = Parameter("id", "path", "The import.", schema_of(ImportId), WAITING["id"])

OPERATIONS = (
    Operation(
        id="announceImport",
        method="POST",
        path="/v1/imports",
        tag=TAG,
        summary="Announce a file of contacts or appointments",
        description="The answer has a form: POST its `fields` as multipart/form-data to its `url` "
        "within 15 minutes, with the content as the last field, `file` (1 GB at most). Then start "
        "the import, within a day.\n\nEach row is checked as `PATCH /v1/contacts/{id}` checks a "
        "change, and changes no more than it says; an empty cell says nothing. A contact is named "
        "by `id`, else by its email address, else by its number. What somebody wants nothing on is "
        "only added to. A no needs its `status` alone; a yes also `level`, `source`, `at`, "
        "`wording` and `proof`. The same file again changes nothing.\n\n"
        "With `type` `reminders` each row is an appointment, checked as `POST /v1/reminders` "
        "checks one, and known by its `id` and contact: a later file moves what has changed as "
        "`PATCH` does, cancels what is cancelled, and changes nothing else. The key needs the "
        "scope `reminders:write` too.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(ImportModel, {"A table": WANTED, "Appointments": APPOINTMENTS}),
        answers=(
            Answer(
                201,
                "The import, and where to upload its file.",
                answers.AnnouncedImport,
                {"Announced": ANNOUNCED},
                {**LOCATION, **REPLAYED},
                {
                    "startImport": {"id": "$response.body#/id"},
                    "getImport": {"id": "$response.body#/id"},
                    "cancelImport": {"id": "$response.body#/id"},
                },
            ),
        ),
        problems=("purpose_not_allowed",),
    ),
    Operation(
        id="startImport",
        method="POST",
        path="/v1/imports/{id}/start",
        tag=TAG,
        summary="Start an import",
        description="Once its file is uploaded. What is uploaded later is not read. Starting it "
        "again while it runs changes nothing.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID,),
        answers=(
            Answer(
                202,
                "The import, running.",
                answers.Import,
                {"Running": {**RUNNING, "report": None}},
            ),
        ),
        problems=("unknown_import", "file_not_uploaded", "import_ended", "import_busy"),
    ),
    Operation(
        id="getImport",
        method="GET",
        path="/v1/imports/{id}",
        tag=TAG,
        summary="Look at an import",
        description="How far it is, and when it has ended, a link to its report: each row that was "
        "refused, with line, column, the value masked, and why; and what was left out of rows "
        "that were taken. It is kept for 93 days.",
        scope=Scope.CONTACTS_READ,
        parameters=(ID,),
        answers=(Answer(200, "The import.", answers.Import, {"Finished": FINISHED}),),
        problems=("unknown_import",),
    ),
    Operation(
        id="listImports",
        method="GET",
        path="/v1/imports",
        tag=TAG,
        summary="List imports",
        description="All of the tenant, newest first, without links to their reports.",
        scope=Scope.CONTACTS_READ,
        parameters=(LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of imports.",
                answers.ImportList,
                {"One import": {"items": [RUNNING], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="cancelImport",
        method="POST",
        path="/v1/imports/{id}/cancel",
        tag=TAG,
        summary="Cancel an import",
        description="Rows that were taken stay. Cancelling it again changes nothing.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID,),
        answers=(
            Answer(
                200,
                "The import, cancelled.",
                answers.Import,
                {
                    "Cancelled": {
                        **RUNNING,
                        "state": "cancelled",
                        "finished_at": "2026-11-23T16:42:00.123Z",
                        "report": FINISHED["report"],
                    }
                },
            ),
        ),
        problems=("unknown_import", "import_ended", "import_busy"),
    ),
)


def refine_import(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """Of contacts, or of appointments."""
    schema = refine_constants(schema, schemas)
    contacts = variant(schema, ["format"], type={"const": Kind.CONTACTS, "default": Kind.CONTACTS})
    return {"description": "A file to import.", "oneOf": [contacts, ref("ReminderImport")]}


def refine_constants(schema: Schema, _: dict[str, Schema]) -> Schema:
    """What every row has is of the fields that there are."""
    shape(schema, "constants", additionalProperties=False)
    return schema


def refine_appointments(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """Constants that are what their fields take; what isn't named here is any text."""
    schema = refine_constants(schema, schemas)
    constants = value_of(schema["properties"]["constants"])
    constants["properties"] = FIXED
    constants["patternProperties"] |= FIXED_DATA
    return schema


REFINEMENTS: Mapping[str, Refine] = {
    "ImportRequest": refine_import,
    "ReminderImport": refine_appointments,
}
