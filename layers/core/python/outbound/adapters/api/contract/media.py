"""The operations on files."""

from __future__ import annotations

from typing import Any

from outbound.adapters.api.contract import catalog_answers as answers
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import (
    IDEMPOTENCY_KEY,
    LOCATION,
    REPLAYED,
    schema_of,
)
from outbound.adapters.api.contract.pattern import MediaId
from outbound.adapters.api.media_requests import MediaModel
from outbound.domain.words import Scope

TAG = "Media"
MENU: dict[str, Any] = {"name": "menu.pdf", "type": "application/pdf", "size": 12_345}
RECORDING: dict[str, Any] = {
    "name": "reminder.mp3",
    "type": "audio/mpeg",
    "size": 240_000,
    "page": {
        "title": "Your appointment",
        "transcript": "We expect you on Monday at ten.",
        "language": "en",
    },
}
WAITING: dict[str, Any] = {
    "id": "med_01kax3b2hv7fw2p8dz5r",
    "state": "waiting",
    "reason": None,
    **MENU,
    "sha256": None,
    "created_at": "2026-11-23T16:40:00.123Z",
    "expires_at": "2026-12-23T16:40:00.123Z",
    "page": None,
}
ANNOUNCED = {
    **WAITING,
    "upload": {
        "url": "https://media-bucket.s3.us-east-1.amazonaws.com/",
        "fields": {"Content-Type": "application/pdf", "key": "incoming/acme/01kax3b2hv7fw2p8dz5r"},
        "expires_at": "2026-11-23T16:55:00.123Z",
    },
}
READY = {**WAITING, "state": "ready"}
WORDS = {
    "MediaRequest": {
        "name": "What recipients see; it ends as files of its type do.",
        "type": "Its media type.",
        "size": "In bytes.",
        "sha256": "In hex: what is uploaded must have it.",
        "expires_in": "How long it is kept: an ISO 8601 duration from PT1H to P366D; P30D, if not "
        "given.",
        "contact_id": "The contact it is about, if it is about one: it is erased with them.",
        "page": 'What its page says beside it: `{{ "med_…"|media_page }}` leads there.',
    },
    "OnPage": {
        "title": "What it is called; its name, if not given.",
        "transcript": "What is said in it, or what a picture shows.",
        "captions_id": "Uploaded media of the type text/vtt, of up to 1 MB.",
        "poster_id": "Uploaded media: the picture that stands for it until it plays.",
        "language": "The language of all of this: BCP 47.",
    },
}
MEDIA_PATH = Parameter("id", "path", "The file.", schema_of(MediaId), WAITING["id"])

OPERATIONS = (
    Operation(
        id="announceMedia",
        method="POST",
        path="/v1/media",
        tag=TAG,
        summary="Announce a file",
        description="The answer has a form: POST its `fields` as multipart/form-data to its `url` "
        "within 15 minutes, with the content as the last field, `file`. Before its first use the "
        "file is looked at: size, checksum and first bytes must be as announced.",
        scope=Scope.MEDIA_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(MediaModel, {"A menu": MENU, "A recording with its page": RECORDING}),
        answers=(
            Answer(
                201,
                "The file, and where to upload it.",
                answers.AnnouncedMedia,
                {"Announced": ANNOUNCED},
                {**LOCATION, **REPLAYED},
                {
                    "getMedia": {"id": "$response.body#/id"},
                    "deleteMedia": {"id": "$response.body#/id"},
                },
            ),
        ),
        problems=(
            "media_not_found",
            "media_not_ready",
            "media_expires_first",
            "message_too_large",
            "wrong_media_type",
        ),
    ),
    Operation(
        id="getMedia",
        method="GET",
        path="/v1/media/{id}",
        tag=TAG,
        summary="Look at a file",
        description="Whether it is there and may be sent.",
        scope=Scope.MEDIA_READ,
        parameters=(MEDIA_PATH,),
        answers=(Answer(200, "The file.", answers.Media, {"Ready": READY}),),
        problems=("unknown_media",),
    ),
    Operation(
        id="deleteMedia",
        method="DELETE",
        path="/v1/media/{id}",
        tag=TAG,
        summary="Remove a file",
        description="Messages that still need it will fail.",
        scope=Scope.MEDIA_WRITE,
        parameters=(MEDIA_PATH,),
        answers=(Answer(200, "The file as it was.", answers.Media, {"Removed": READY}),),
        problems=("unknown_media",),
    ),
)
