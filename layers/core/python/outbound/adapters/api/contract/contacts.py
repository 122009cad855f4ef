"""The operations on contacts, and what they may ask for themselves."""

from __future__ import annotations

from outbound.adapters.api.contact_models import ConsentsModel, ContactModel
from outbound.adapters.api.contract import contact_answers as answers
from outbound.adapters.api.contract.contact_examples import (
    CONTACT,
    ERASURE,
    EXPORT,
    GRANTED,
    HEALTH,
    HISTORY,
    WANTED,
)
from outbound.adapters.api.contract.export_answers import Erasure, Export
from outbound.adapters.api.contract.list_answers import ListHealth
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import (
    ADDRESS,
    CURSOR,
    LIMIT,
    LOCATION,
    PAGING_PROBLEMS,
    schema_of,
)
from outbound.adapters.api.contract.pattern import ErasureId
from outbound.adapters.api.identifiers import ContactId
from outbound.adapters.api.list_requests import PERIOD
from outbound.adapters.api.permission_requests import RevocationModel
from outbound.domain.words import Scope

TAG = "Contacts"
ID = Parameter("id", "path", "The contact, by your id.", schema_of(ContactId), "ada")
ETAG = {"ETag": "The version of the contact, for If-Match."}
STALE = Parameter(
    "stale",
    "query",
    "For how long they were not reached: years, months, days, and no longer than messages are "
    "kept. Not together with an address.",
    {"type": "string", "pattern": f"^{PERIOD.pattern}$"},
    "P6M",
)
SEEN = (
    Parameter(
        "If-Match",
        "header",
        "The ETag of an earlier answer: the change is made only if the contact still is as it was "
        "then. `*` for any, if it is there at all.",
        {"type": "string", "pattern": r'^(\*|(W/)?"[0-9]{1,9}")$'},
    ),
    Parameter(
        "If-None-Match",
        "header",
        "`*`: the contact is made only if there is none. Not together with If-Match.",
        {"type": "string", "const": "*"},
    ),
)
CHANGING = (
    "invalid_precondition",
    "contact_changed",
    "contact_busy",
    "address_shared",
    "newer_revocation",
    "time_in_the_future",
)
WORDS = {
    "ContactRequest": {
        "email": "One address, or several; messages go to the first.",
        "phone": "One number in E.164 form, or several; messages go to the first.",
        "locale": "BCP 47, like en, fr-CA or zh-Hant-TW.",
        "timezone": "IANA; without it, all zones the number or the region may lie in count.",
        "region": "ISO 3166: FR, US-FL. It says which law applies; without it, the number does.",
        "attributes": "Yours: at most 16,000 characters as JSON.",
        "preferred": "Channels they like, best first.",
        "forbidden": "Channels they want nothing on.",
        "consents": "What they have said, by channel and purpose: one statement, or several with a "
        "topic each. It is added to what they said before; leaving it out takes nothing away.",
    },
    "Consent": {
        "status": "A yes or a no; `pending` is what we make of a sign-up.",
        "level": "How firm a yes is: implied, express, express_written.",
        "topic": "What it is about; all topics, if not given.",
        "source": "Where it was said.",
        "at": "When it was said; now, if not given. An older yes never undoes a newer no.",
        "expires_at": "When it ends; an implied yes must.",
        "wording": "What they agreed to. It lies beside the ledger and goes with an erasure.",
        "proof": "Where the agreement can be found.",
    },
    "ConsentsRequest": {"consents": "By channel and purpose."},
    "RevocationRequest": {
        "channels": "On which channels; on all, if not given.",
        "purposes": "For what; for all that a STOP means here, if not given.",
        "topic": "About what; about everything, if not given.",
        "source": "How it came.",
        "at": "When it was said; now, if not given.",
        "proof": "Where that can be found; kept beside the ledger.",
    },
}
"""What a yes of each level must come with."""
OPERATIONS = (
    Operation(
        id="putContact",
        method="PUT",
        path="/v1/contacts/{id}",
        tag=TAG,
        summary="Make or replace a contact",
        description="What isn't given is emptied, but for consents: nothing they have said is "
        "taken away. A consent holds for the addresses the contact has with it.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID, *SEEN),
        body=Body(ContactModel, {"A contact who wants offers by text": WANTED}),
        answers=(
            Answer(
                201,
                "The contact, made.",
                answers.Contact,
                {"A new contact": CONTACT},
                ETAG,
                {"getContact": {"id": "$response.body#/id"}},
            ),
            Answer(200, "The contact, replaced.", answers.Contact, {"Replaced": CONTACT}, ETAG),
        ),
        problems=CHANGING,
    ),
    Operation(
        id="patchContact",
        method="PATCH",
        path="/v1/contacts/{id}",
        tag=TAG,
        summary="Change a contact",
        description="A merge patch (RFC 7396): what is given replaces, null empties, attributes "
        "are merged.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID, SEEN[0]),
        body=Body(ContactModel, {"They have moved": {"region": "US-CA", "locale": None}}),
        answers=(
            Answer(200, "The contact, changed.", answers.Contact, {"Changed": CONTACT}, ETAG),
        ),
        problems=(*CHANGING, "unknown_contact_id"),
    ),
    Operation(
        id="getContact",
        method="GET",
        path="/v1/contacts/{id}",
        tag=TAG,
        summary="Look at a contact",
        description="As it is now.",
        scope=Scope.CONTACTS_READ,
        parameters=(ID,),
        answers=(Answer(200, "The contact.", answers.Contact, {"A contact": CONTACT}, ETAG),),
        problems=("invalid_request", "unknown_contact_id"),
    ),
    Operation(
        id="findContacts",
        method="GET",
        path="/v1/contacts",
        tag=TAG,
        summary="Find contacts by an address, or those not reached for long",
        description="With `email` or `phone`: all who have it, at once consistent with what was "
        "written. With `stale`: those who were made before, have said nothing since and of whose "
        "messages since then none was handed over without failing, opened or followed; `limit` "
        "contacts are looked at, so a page may be short, or empty, while there are more behind it.",
        scope=Scope.CONTACTS_READ,
        parameters=(*ADDRESS, STALE, LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "The contacts.",
                answers.ContactList,
                {"One contact": {"items": [CONTACT], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="getListHealth",
        method="GET",
        path="/v1/lists/health",
        tag=TAG,
        summary="See how well your contacts are",
        description="Counts of those who can't be written to, or had better not. Each request "
        "looks at 500 contacts (100 with `stale`): add up the parts until there is no next one.",
        scope=Scope.CONTACTS_READ,
        parameters=(STALE, CURSOR),
        answers=(Answer(200, "A part.", ListHealth, {"The only part": HEALTH}),),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="putConsents",
        method="PUT",
        path="/v1/contacts/{id}/consents",
        tag=TAG,
        summary="Say what a contact has said",
        description="Adds statements, each with an entry in the ledger. The newest about a matter "
        "counts.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID, SEEN[0]),
        body=Body(ConsentsModel, {"A yes": {"consents": {"sms": {"marketing": GRANTED}}}}),
        answers=(Answer(200, "The contact.", answers.Contact, {"A contact": CONTACT}, ETAG),),
        problems=(*CHANGING, "unknown_contact_id"),
    ),
    Operation(
        id="getConsents",
        method="GET",
        path="/v1/contacts/{id}/consents",
        tag=TAG,
        summary="Read what the ledger has of a contact",
        description="Every statement with its proof, oldest first.",
        scope=Scope.CONTACTS_READ,
        parameters=(ID,),
        answers=(Answer(200, "The entries.", answers.History, {"One entry": HISTORY}),),
        problems=("invalid_request", "unknown_contact_id"),
    ),
    Operation(
        id="revoke",
        method="POST",
        path="/v1/contacts/{id}/revocations",
        tag=TAG,
        summary="Pass on a no that came another way",
        description="By phone, by letter, in person. It counts at once, for what waits too. A no "
        "that names nothing is meant for all the deployment takes a STOP to mean. Sending it again "
        "changes nothing.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID,),
        body=Body(
            RevocationModel,
            {"A call": {"channels": ["voice"], "source": "phone call", "proof": "ticket 4711"}},
        ),
        answers=(Answer(200, "The contact.", answers.Contact, {"A contact": CONTACT}, ETAG),),
        problems=("unknown_contact_id", "contact_busy", "time_in_the_future"),
    ),
    Operation(
        id="exportContact",
        method="GET",
        path="/v1/contacts/{id}/export",
        tag=TAG,
        summary="Export all that is held of a contact",
        description="For the contact themselves: profile, ledger, suppressions, files, what caps "
        "count, what they texted last, what was done to their addresses, what they are reminded "
        "of, as which testers they get tests, and the messages with all they say, 25 in a part.",
        scope=Scope.CONTACTS_EXPORT,
        parameters=(ID, CURSOR),
        answers=(Answer(200, "A part of it.", Export, {"No messages": EXPORT}),),
        problems=(*PAGING_PROBLEMS, "invalid_request", "unknown_contact_id"),
    ),
    Operation(
        id="eraseContact",
        method="DELETE",
        path="/v1/contacts/{id}",
        tag=TAG,
        summary="Erase a contact",
        description="From this answer on nothing is sent to them any more. Their profile, their "
        "proofs, reminders, the files about them and what their messages say are removed within "
        "minutes, and they are taken out of lists and testers; timelines and the ledger's entries "
        "stay, and name nobody. What stands against their addresses stays too, as a digest.",
        scope=Scope.CONTACTS_ERASE,
        parameters=(ID,),
        answers=(
            Answer(
                202,
                "The erasure has begun.",
                Erasure,
                {"Begun": ERASURE},
                LOCATION,
                {"getErasure": {"id": "$response.body#/id"}},
            ),
        ),
        problems=("invalid_request", "unknown_contact_id", "contact_busy"),
    ),
    Operation(
        id="getErasure",
        method="GET",
        path="/v1/erasures/{id}",
        tag=TAG,
        summary="Look how far an erasure is",
        description="It is finished when nothing was found any more, two minutes after it began "
        "at the earliest.",
        scope=Scope.CONTACTS_ERASE,
        parameters=(Parameter("id", "path", "The erasure.", schema_of(ErasureId), ERASURE["id"]),),
        answers=(Answer(200, "The erasure.", Erasure, {"Running": ERASURE}),),
        problems=("unknown_erasure",),
    ),
)
