"""The operations on programmes."""

from __future__ import annotations

from typing import Any

from outbound.adapters.api.contract import programme_answers as answers
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import CURSOR, LIMIT, PAGING_PROBLEMS, schema_of
from outbound.adapters.api.identifiers import ProgrammeId
from outbound.adapters.api.programme_requests import ProgrammeModel
from outbound.domain.replies import LANGUAGES
from outbound.domain.words import Scope

TAG = "Programmes"
GARDEN: dict[str, Any] = {
    "name": "Garden offers",
    "purpose": "marketing",
    "topic": "garden",
    "channels": ["email", "sms"],
    "level": "express_written",
    "wording": {
        "en": "I agree to get automated offers from Acme. Consent is not a condition of purchase.",
        "fr": "J'accepte de recevoir les offres automatisées d'Acme, sans obligation d'achat.",
    },
    "keyword": "garden",
    "brand": "Acme Gardens",
    "continue_to": "https://acme.example.com/thanks",
}
STORED = {
    "id": "garden",
    **GARDEN,
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
WORDS = {
    "ProgrammeRequest": {
        "name": "What it is called, to whom it is offered.",
        "purpose": "What they allow; the key must have it.",
        "topic": "About what; about everything, if not given.",
        "channels": "How they can get it. `sms` needs a number that people can answer.",
        "level": "How firm their yes is. `express_written` is for you to say: the wording must "
        "have what the law asks for.",
        "wording": "What they agree to, by language; at least one. Pages and texts speak those.",
        "keyword": "What they text behind JOIN, in any case; no two of your programmes have the "
        "same.",
        "brand": "In whose name it asks; yours, if not given.",
        "continue_to": "Where they may go on to, once they have signed up.",
    },
}
ID = Parameter("id", "path", "The programme; you choose its id.", schema_of(ProgrammeId), "garden")
LANGUAGE = Parameter(
    "language",
    "query",
    "Of the form; one that the programme has, if not given or not had.",
    {"type": "string", "enum": list(LANGUAGES)},
)
FORM = {
    "url": "https://abc123.execute-api.us-east-1.amazonaws.com/s/YWNtZSBnYXJkZW4.Xl3b0",
    "language": "en",
    "html": '<form method="post" action="https://…" lang="en">…</form>',
}
ONE = {"A programme": STORED}

OPERATIONS = (
    Operation(
        id="putProgramme",
        method="PUT",
        path="/v1/programmes/{id}",
        tag=TAG,
        summary="Make or replace a programme",
        description="What people sign up for: by a page, by a form of yours, or by texting JOIN. "
        "A changed wording is for those who sign up from then on; the ledger has what each was "
        "shown.",
        scope=Scope.PROGRAMMES_WRITE,
        parameters=(ID,),
        body=Body(ProgrammeModel, {"Offers": GARDEN}),
        answers=(
            Answer(
                201,
                "The programme, made.",
                answers.Programme,
                ONE,
                links={"getProgramme": {"id": "$response.body#/id"}},
            ),
            Answer(200, "The programme, replaced.", answers.Programme, ONE),
        ),
        problems=("purpose_not_allowed", "no_two_way_number", "keyword_taken"),
    ),
    Operation(
        id="getProgramme",
        method="GET",
        path="/v1/programmes/{id}",
        tag=TAG,
        summary="Look at a programme",
        description="As it is now.",
        scope=Scope.PROGRAMMES_READ,
        parameters=(ID,),
        answers=(Answer(200, "The programme.", answers.Programme, ONE),),
        problems=("invalid_request", "unknown_programme"),
    ),
    Operation(
        id="getSignUpForm",
        method="GET",
        path="/v1/programmes/{id}/form",
        tag=TAG,
        summary="Get the page and the form to sign up with",
        description="Whoever signs up is asked first, by an email with a link or a text to answer, "
        "and whoever doesn't answer within three days isn't in. The form shows what people agree "
        "to as it is now: take it again when you change that. One that is out of date leads to the "
        "page.",
        scope=Scope.PROGRAMMES_READ,
        parameters=(ID, LANGUAGE),
        answers=(Answer(200, "The page and the form.", answers.SignUpForm, {"A form": FORM}),),
        problems=("invalid_request", "invalid_parameter", "unknown_programme"),
    ),
    Operation(
        id="listProgrammes",
        method="GET",
        path="/v1/programmes",
        tag=TAG,
        summary="List programmes",
        description="All of the tenant, by id.",
        scope=Scope.PROGRAMMES_READ,
        parameters=(LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of programmes.",
                answers.ProgrammeList,
                {"One programme": {"items": [STORED], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="deleteProgramme",
        method="DELETE",
        path="/v1/programmes/{id}",
        tag=TAG,
        summary="Remove a programme",
        description="Nobody can join it any more, and its keyword is free. What people have said "
        "for it stays said.",
        scope=Scope.PROGRAMMES_WRITE,
        parameters=(ID,),
        answers=(Answer(200, "The programme, as it was.", answers.Programme, ONE),),
        problems=("invalid_request", "unknown_programme"),
    ),
)
