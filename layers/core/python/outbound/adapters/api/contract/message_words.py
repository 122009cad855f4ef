"""What the fields of a message mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGE_WORDS = {
    "to": "Who it is for.",
    "channel": "How it reaches the person; or else `route`.",
    "route": "Several channels instead of one, for a single message to a person.",
    "purpose": "Why it is sent. It decides which rules apply, and the key must list it.",
    "topic": "What it is about, for the recipient's choice: offers, appointments.",
    "content": "What it says; or else `template`. With a route: what it says on each of the "
    "channels, by their names.",
    "template": "A stored template that says it; or else `content`.",
    "data": "The values of the template's variables: at most 32,000 characters as JSON. The names "
    "contact, links, message and organisation are ours.",
    "send_at": "When it shall leave, within 366 days; at once, if not given. Without an offset, "
    "`2026-12-24T09:00`, it is a time on the contact's clock.",
    "expires_at": "Until when it is tried; a day, if not given.",
    "coupon_pool": "Where `{{ coupon }}` comes from: a code of this pool, for this message alone.",
    "on_unconfirmed": "What to do when nobody can say whether the provider took it: try again, "
    "or leave it. If not given: `never` for marketing and healthcare, else `resend`. Say "
    "`never` for codes.",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "MessageRequest": MESSAGE_WORDS,
    "Item": {
        **MESSAGE_WORDS,
        "client_token": "An Idempotency-Key for this message alone.",
    },
    "Route": {
        "mode": "`first`: one channel after another, until one has delivered it. `all`: every one.",
        "channels": "In the order in which they are tried; with `first`, those that the contact "
        "prefers come before the others. One without an address is left out.",
        "after": "From PT1M to P7D; five minutes, if not given. How long a message may take to be "
        "delivered, from when it was handed over, before the next channel's turn comes.",
    },
    "ReschedulingRequest": {
        "send_at": "When it shall leave, within 366 days. Without an offset it is a time on the "
        "contact's clock.",
        "expires_at": "Until when it is tried; if not given, for as long as it would have been.",
    },
    "To": {
        "contact_id": "A contact.",
        "email": "An email address; ASCII before the @.",
        "phone": "A phone number in E.164 form.",
    },
    "Template": {
        "id": "The template.",
        "version": "The published one, if not given.",
        "locale": "In which locale it is read: `fr-CA` gets `fr-CA`, else `fr`, else the default. "
        "The contact's, if not given.",
    },
    "BatchRequest": {"messages": "The messages; each is accepted or refused for itself."},
    "Sms": {
        "text": "A template of at most 1,600 characters once rendered.",
        "media": "A file that goes along: the text is an MMS then.",
        "smart_encoding": "Write typographic quotes, dashes, spaces and ellipses with signs of "
        "GSM-7 where the text is then all GSM-7, or takes fewer parts.",
    },
    "TextFile": {
        "media_id": "Uploaded media: a picture of up to 2 MB, or else of up to 600 KB.",
        "fallback": "`page`: where the text can't take it along, it links to its page instead.",
    },
    "Email": {
        "subject": "A template of one line.",
        "text": "A template; always sent.",
        "html": "A template; variables are escaped.",
        "attachments": "Files; with them an email may have 40 MB.",
        "calendar": "An appointment, which goes along as `invite.ics`.",
        "reply_to": "Where answers go, if not to the sender.",
        "from": "Who it is from: one of your tenant's own addresses, with any name or none. If not "
        "given, your tenant's usual sender. No template.",
    },
    "Attachment": {
        "media_id": "Uploaded media, which has its own name and type; or else `data`.",
        "data": "The file in base64: 100 KB for all of a message.",
        "name": "What recipients see; it ends as files of its type do.",
        "type": "The media type of the data.",
        "disposition": "`inline` is shown where the html refers to it.",
        "content_id": 'What the html refers to it by: `<img src="cid:…">`.',
    },
    "Calendar": {
        "start": "A template of an RFC 3339 time.",
        "end": "The same; or else `duration`.",
        "duration": "A template of an ISO 8601 duration, PT30M; or else `end`.",
        "summary": "A template: what the appointment is called.",
        "location": "A template: where it is.",
        "description": "A template: what there is to say about it.",
        "organizer": "Who invites.",
        "uid": "A template: names the appointment, so that it can be changed and cancelled.",
        "method": "`REQUEST` invites, `CANCEL` calls off, `PUBLISH` just tells.",
        "sequence": "Counts the changes of what `uid` names: a number, or a template of one.",
    },
    "Voice": {
        "text": "A template of at most 3,000 characters once rendered; or else `ssml`.",
        "ssml": "A template that makes one `<speak>` element; variables are escaped.",
        "voice": "Who reads it: a voice of Amazon Polly. If not given, one for the locale.",
        "locale": "A language tag (BCP 47) by which a voice is chosen.",
    },
}
