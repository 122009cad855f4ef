"""`outbound contacts`: kept, found, asked about, exported, erased."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure
from outbound_client.command.messages import read_data
from outbound_client.command.reading import object_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Contact, ContactPage, Erasure

SECONDS = 2.0
OURS = {"contact_id", "if_match", "only_new"}
FIELDS = ("email", "phone", "locale", "timezone", "region", "forbidden")


def put(asked: Namespace, around: Surroundings) -> None:
    """Make or replace a contact."""
    said: Any = _said(asked)
    with client(asked, around) as api:
        contact = api.put_contact(asked.id, if_match=asked.if_match, only_new=asked.new, **said)
    show_contact(contact, asked)


def change(asked: Namespace, around: Surroundings) -> None:
    """Change some of a contact."""
    said = _said(asked)
    if not said:
        raise Failure("Say what to change, by options or a file.")
    with client(asked, around) as api:
        show_contact(api.update_contact(asked.id, said, if_match=asked.if_match), asked)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a contact."""
    with client(asked, around) as api:
        show_contact(api.get_contact(asked.id), asked)


def look_up(asked: Namespace, around: Surroundings) -> None:
    """Ask the carrier about a contact's number."""
    with client(asked, around) as api:
        show_contact(api.look_up_number(asked.id), asked)


def find(asked: Namespace, around: Surroundings) -> None:
    """Show who has an address."""
    with client(asked, around) as api:
        _list(api.find_contacts(email=asked.email, phone=asked.phone), asked)


def stale(asked: Namespace, around: Surroundings) -> None:
    """List who was not reached for long."""
    with client(asked, around) as api:
        _list(api.list_stale_contacts(asked.period, asked.limit, asked.cursor), asked)


def export(asked: Namespace, around: Surroundings) -> None:
    """Write all that is held of a contact to a file: a JSON document in each line."""
    path, parts = Path(asked.to), 0
    part = path.with_name(f"{path.name}.part")
    try:
        with client(asked, around) as api, part.open("w", encoding="utf-8") as into:
            for each in api.export_contact(asked.id):
                # The API has no etag in it: a part is not to be changed.
                shown = each.model_dump_json(by_alias=True, exclude={"contact": {"etag"}})
                into.write(f"{shown}\n")
                parts += 1
        part.replace(path)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    told = {"file": asked.to, "parts": parts}
    print(json.dumps(told)) if asked.json else show.fields(told.items())


def erase(asked: Namespace, around: Surroundings) -> None:
    """Erase a contact, and wait until nothing is left."""
    with client(asked, around) as api:
        erasure = api.erase_contact(asked.id)
        while erasure.finished_at is None and not asked.no_wait:
            show.progress(f"{erasure.redacted_messages} messages redacted")
            around.sleep(SECONDS)
            erasure = api.get_erasure(erasure.id)
    show.progress("")
    show.as_json(erasure) if asked.json else _tell(erasure)


def erasure(asked: Namespace, around: Surroundings) -> None:
    """Show how far an erasure is."""
    with client(asked, around) as api:
        found = api.get_erasure(asked.id)
    show.as_json(found) if asked.json else _tell(found)


def _said(asked: Namespace) -> dict[str, Any]:
    """What a file says, and over it what options say."""
    said = object_of(asked.file) if asked.file else {}
    for name in OURS & said.keys():
        raise Failure(f"{asked.file}: {name} is no field of a contact.")
    said |= {name: value for name in FIELDS if (value := getattr(asked, name)) is not None}
    if asked.attributes:
        known = said.get("attributes")
        said["attributes"] = {**(known or {}), **read_data(asked.attributes)}
    return said


def show_contact(contact: Contact, asked: Namespace) -> None:
    """A contact as it is now."""
    if asked.json:
        show.as_json(contact)
        return
    show.fields(
        [
            ("id", contact.id),
            *(("email", " ".join((each.email, *each.marks))) for each in contact.emails),
            *(
                ("phone", f"{each.phone} {each.line.type}" if each.line else each.phone)
                for each in contact.phones
            ),
            ("locale", contact.locale),
            ("timezone", contact.timezone),
            ("region", contact.region),
            *((f"attributes.{name}", value) for name, value in contact.attributes.items()),
            ("forbidden", ", ".join(contact.forbidden)),
            *_consents(contact),
            *_checks(contact),
            ("paused until", contact.paused_until and show.when(contact.paused_until)),
            ("changed", show.when(contact.updated_at)),
        ]
    )


def _consents(contact: Contact) -> Iterator[tuple[str, str]]:
    for channel, purposes in contact.consents.items():
        for purpose, said in purposes.items():
            for each in said:
                matter = ".".join(filter(None, (channel, purpose, each.topic)))
                yield matter, f"{each.status} ({each.level}), {show.when(each.at)}"


def _checks(contact: Contact) -> Iterator[tuple[str, str]]:
    for number in contact.phones:
        for each in number.checks:
            since = f" since {each.since}" if each.since else ""
            yield each.kind, f"{number.phone} {each.answer}{since}, {show.when(each.at)}"


def _list(page: ContactPage, asked: Namespace) -> None:
    if asked.json:
        show.as_json(page)
        return
    rows = [
        (each.id, ", ".join(each.email), ", ".join(each.phone), each.region or "")
        for each in page.items
    ]
    show.table(("ID", "EMAIL", "PHONE", "REGION"), rows)
    show.more(page.next_cursor)


def _tell(erasure: Erasure) -> None:
    show.fields(
        [
            ("id", erasure.id),
            ("state", erasure.state),
            ("cancelled messages", erasure.cancelled_messages),
            ("redacted messages", erasure.redacted_messages),
            ("not on AWS's lists", ", ".join(erasure.unlisted)),
        ]
    )
