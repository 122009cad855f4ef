"""The operations on reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.contract import reminder_answers as answers
from outbound.adapters.api.contract.content_schema import DURATION
from outbound.adapters.api.contract.message_schema import SENT_FOR, route_of
from outbound.adapters.api.contract.messages import REFUSED
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
from outbound.adapters.api.contract.pattern import ReminderId
from outbound.adapters.api.contract.reminder_examples import (
    BATCH,
    BATCH_ANSWER,
    CANCELLED,
    DOSE,
    REMINDER,
    VISIT,
)
from outbound.adapters.api.contract.schemas import ref, shape, variant
from outbound.adapters.api.identifiers import ContactId
from outbound.adapters.api.moments import SCHEMA as MOMENT
from outbound.adapters.api.reminder_models import (
    NOT_OF_A_MOMENT,
    NOT_OF_TIMES,
    OF_A_MOMENT,
    OF_TIMES,
    ReminderBatchModel,
    ReminderModel,
    ReminderPatchModel,
)
from outbound.domain.words import Channel, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Reminders"
PATH = Parameter("id", "path", "The reminder.", schema_of(ReminderId), REMINDER["id"])
CONTACT = Parameter(
    "contact_id", "query", "Whose reminders.", schema_of(ContactId), "zoe", required=True
)
KEPT = (*REFUSED, "invalid_schedule")
STEPPED = ("unknown_reminder", "reminder_over", "reminder_busy", "purpose_not_allowed")
SAID = {
    "topic": "What it is about, for the recipient's choice.",
    "template": "What it says. The version stays the one of now; its language is the contact's.",
    "data": "The values of the template's variables, at most 8,000 characters as JSON. Bodies "
    "find beside them `reminder`: `at`, `local`, `timezone`, `offset`; with `calendar` also "
    "`start`, `end`, `uid`, `sequence`, `summary`, `location`, `description`.",
    "at": "The moment, within 366 days; without an offset on the clocks of `timezone`.",
    "timezone": "On whose clocks days and times are counted: an IANA zone. The contact's, if not "
    "given.",
    "offsets": "How far from the moment messages are sent, at most 20: -P1D is the same time a day "
    "before, -PT1H an hour before.",
    "past": "What to do with an offset that has passed already: `skip` it, or `send` the last of "
    "them at once.",
    "calendar": "What goes into calendars, by a template with a `calendar` that says "
    "`{{ reminder.start }}` and so on.",
    "moved": "What is sent at once when the moment moves after something was sent.",
    "cancelled": "What is sent at once when it is cancelled after something was sent.",
    "repeat": "Times that come again; or else `at`.",
    "refill": "A message of its own before the times end.",
    "expires_in": "How long each message is tried, from PT5M to P7D. If not given: until the "
    "moment, or for half an hour where it repeats. What is too late then isn't sent.",
}
WHOLE = {
    "contact_id": "Who is reminded.",
    "channel": "How it reaches the person; or else `route`.",
    "route": "By which channels, as for a message: each time makes a route of its own. The last "
    "channel's turn must come before a message is too late; where it repeats, the mode is `first`.",
    "purpose": "Why it is sent; its template has the same.",
    **SAID,
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "ReminderRequest": WHOLE,
    "ReminderItem": {**WHOLE, "client_token": "An Idempotency-Key for this reminder alone."},
    "ReminderPatchRequest": SAID,
    "ReminderBatchRequest": {"reminders": "Each is made or refused for itself."},
    "ReminderTemplate": {
        "id": "The template.",
        "version": "The version that is published now, if not given.",
    },
    "ReminderEvent": {
        "duration": "How long it takes: an ISO 8601 duration, PT30M.",
        "uid": "Names it in calendars, for ever; we make one, if not given.",
        "summary": "What it is called.",
        "location": "Where it is.",
        "description": "What there is to say about it.",
    },
    "Refill": {
        "before": "How long before the end (with `count`, the last time): P3D; at most P60D, and "
        "not so long that it would come before the first time, or has passed already.",
        "template": "What it says.",
    },
    "Repeat": {
        "start": "From when on, on the clocks of `timezone`.",
        "times": "Each day at these.",
        "rule": "Or by an RRULE of RFC 5545: DAILY, WEEKLY, MONTHLY or YEARLY; `start` is its "
        "DTSTART.",
        "until": "The last time on the clock. There must be an end: this, `count`, `days_supply`, "
        "or one in the rule.",
        "count": "How many.",
        "days_supply": "For so many days from `start` on.",
        "except": "Days (2026-12-25) and times (2026-12-25T08:00) that are left out.",
    },
}
LED = {
    "getReminder": {"id": "$response.body#/id"},
    "patchReminder": {"id": "$response.body#/id"},
    "pauseReminder": {"id": "$response.body#/id"},
    "resumeReminder": {"id": "$response.body#/id"},
    "cancelReminder": {"id": "$response.body#/id"},
}


def _step(name: str, summary: str, description: str) -> Operation:
    return Operation(
        id=f"{name}Reminder",
        method="POST",
        path=f"/v1/reminders/{{id}}/{name}",
        tag=TAG,
        summary=summary,
        description=description,
        scope=Scope.REMINDERS_WRITE,
        parameters=(PATH,),
        answers=(Answer(200, "The reminder.", answers.Reminder, {"A reminder": REMINDER}),),
        problems=STEPPED,
    )


OPERATIONS = (
    Operation(
        id="createReminder",
        method="POST",
        path="/v1/reminders",
        tag=TAG,
        summary="Remind somebody",
        description="Of a moment, such as an appointment, or at times that come again, such as "
        "doses. All of it is tried out first, so what is wrong is said now. A time that clocks "
        "skip comes at the first instant after, one that comes twice the first time.",
        scope=Scope.REMINDERS_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(ReminderModel, {"A visit": VISIT, "A dose twice a day": DOSE}),
        answers=(
            Answer(
                201,
                "The reminder.",
                answers.Reminder,
                {"A visit": REMINDER},
                {**LOCATION, **REPLAYED},
                LED,
            ),
        ),
        problems=KEPT,
    ),
    Operation(
        id="createReminders",
        method="POST",
        path="/v1/reminders/batch",
        tag=TAG,
        summary="Make up to 500 reminders",
        description="Each is made or refused for itself, and answered in the order of the "
        "request. A batch counts as its reminders in the key's limit. With an Idempotency-Key the "
        "whole batch is safe to repeat; a `client_token` does the same for one reminder, also "
        "between batches and single requests.",
        scope=Scope.REMINDERS_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(ReminderBatchModel, BATCH),
        answers=(
            Answer(
                200,
                "What became of each.",
                answers.ReminderBatch,
                {"One made, one refused": BATCH_ANSWER},
                REPLAYED,
            ),
        ),
        problems=("duplicate_token", *KEPT),
    ),
    Operation(
        id="listReminders",
        method="GET",
        path="/v1/reminders",
        tag=TAG,
        summary="List a contact's reminders",
        description="Newest first, in the mode of the key; those of imports come last.",
        scope=Scope.REMINDERS_READ,
        parameters=(CONTACT, LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "Some reminders.",
                answers.ReminderList,
                {"One": {"items": [REMINDER], "next_cursor": None}},
            ),
        ),
        problems=("invalid_request", *PAGING_PROBLEMS),
    ),
    Operation(
        id="getReminder",
        method="GET",
        path="/v1/reminders/{id}",
        tag=TAG,
        summary="Look at a reminder",
        description="With what was sent and will be.",
        scope=Scope.REMINDERS_READ,
        parameters=(PATH,),
        answers=(Answer(200, "The reminder.", answers.Reminder, {"A visit": REMINDER}),),
        problems=("unknown_reminder",),
    ),
    Operation(
        id="patchReminder",
        method="PATCH",
        path="/v1/reminders/{id}",
        tag=TAG,
        summary="Change a reminder",
        description="A merge patch of its fields: what is given replaces, null takes away. What "
        "was not sent moves with the moment; what was sent is never sent again.",
        scope=Scope.REMINDERS_WRITE,
        parameters=(PATH,),
        body=Body(ReminderPatchModel, {"A day later": {"at": "2027-01-12T09:30"}}),
        answers=(Answer(200, "The reminder.", answers.Reminder, {"A visit": REMINDER}),),
        problems=(*KEPT, *STEPPED),
    ),
    Operation(
        id="cancelReminder",
        method="DELETE",
        path="/v1/reminders/{id}",
        tag=TAG,
        summary="Cancel a reminder",
        description="Nothing more is sent, but what `cancelled` says, if anything was sent before. "
        "Once more changes nothing.",
        scope=Scope.REMINDERS_WRITE,
        parameters=(PATH,),
        answers=(Answer(200, "The reminder.", answers.Reminder, {"Cancelled": CANCELLED}),),
        problems=STEPPED,
    ),
    _step("pause", "Pause a reminder", "Nothing is sent until it is resumed."),
    _step(
        "resume",
        "Resume a reminder",
        "What would have been sent meanwhile is left out.",
    ),
)


def refine_patch(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Durations and zones."""
    shape(schema, "expires_in", pattern=DURATION, format="duration")
    shape(schema, "timezone", format="timezone")
    return schema


def refine_reminder(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """Of a moment, or of times that come again."""
    schema = refine_patch(schema, schemas)
    purpose = {"type": "string", "enum": SENT_FOR}
    needed = ("contact_id", "purpose", "template")
    several = route_of(schemas["Route"], tuple(Channel), least=2)["route"]
    one_after_another = {"oneOf": several["oneOf"][:1]}
    kinds = (
        (OF_A_MOMENT, NOT_OF_A_MOMENT, {"at": MOMENT, "route": several}),
        (OF_TIMES, NOT_OF_TIMES, {"route": one_after_another}),
    )
    forms = [
        variant(schema, (*needed, way, *what), (*nothing, other), purpose=purpose, **own)
        for what, nothing, own in kinds
        for way, other in (("channel", "route"), ("route", "channel"))
    ]
    return {"description": schema["description"], "oneOf": forms}


def refine_batch(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Its reminders are read one by one."""
    schema["properties"]["reminders"]["items"] = ref("ReminderItem")
    return schema


def refine_event(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A duration."""
    shape(schema, "duration", pattern=DURATION, format="duration")
    return schema


def refine_repeat(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of the two."""
    forms = [variant(schema, ["times"], ["rule"]), variant(schema, ["rule"], ["times"])]
    return {"description": schema["description"], "oneOf": forms}


REFINEMENTS: Mapping[str, Refine] = {
    "ReminderRequest": refine_reminder,
    "ReminderItem": refine_reminder,
    "ReminderPatchRequest": refine_patch,
    "ReminderBatchRequest": refine_batch,
    "ReminderEvent": refine_event,
    "Repeat": refine_repeat,
}
