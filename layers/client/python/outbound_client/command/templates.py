"""`outbound templates put`, `install`, `get`, `list`, `versions`, `publish` and `withdraw`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client import ready_made
from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure
from outbound_client.command.previews import findings
from outbound_client.command.reading import object_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings

FIELDS = {"purpose", "channels", "locale", "locales", "variables", "partial", "publish"}


def put(asked: Namespace, around: Surroundings) -> None:
    """Store a template from a file."""
    document = _read(asked.file)
    with client(asked, around) as api:
        template = api.put_template(asked.id, **document)
    if asked.json:
        show.as_json(template)
    else:
        show.template(template)
        findings(template.findings)


def install(asked: Namespace, around: Surroundings) -> None:
    """Store ready-made templates; those that are there already say the same in no new version."""
    names = asked.names or ready_made.NAMES
    unknown = sorted(set(names) - set(ready_made.NAMES))
    if unknown:
        known = ", ".join(ready_made.NAMES)
        raise Failure(f"There is no ready-made template {unknown[0]}; there are: {known}.")
    with client(asked, around) as api:
        stored = [
            api.put_template(name, **ready_made.document(name))
            for name in (ready_made.LAYOUT, *names)
        ]
    if asked.json:
        show.as_json({"items": [each.model_dump(mode="json", by_alias=True) for each in stored]})
    else:
        show.fields((each.id, f"version {each.version}") for each in stored)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a template."""
    with client(asked, around) as api:
        template = api.get_template(asked.id, asked.version)
    show.as_json(template) if asked.json else show.template(template)


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of templates."""
    with client(asked, around) as api:
        page = api.list_templates(asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [
        [each.id, each.purpose or "partial", str(each.latest), str(each.published or "none")]
        for each in page.items
    ]
    show.table(["ID", "PURPOSE", "LATEST", "PUBLISHED"], rows)
    show.more(page.next_cursor)


def versions(asked: Namespace, around: Surroundings) -> None:
    """Show a page of a template's versions."""
    with client(asked, around) as api:
        page = api.list_template_versions(asked.id, asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [
        [str(each.version), show.when(each.created_at), "published" if each.published else ""]
        for each in page.items
    ]
    show.table(["VERSION", "CREATED", ""], rows)
    show.more(page.next_cursor)


def publish(asked: Namespace, around: Surroundings) -> None:
    """Publish a version."""
    with client(asked, around) as api:
        template = api.publish_template(asked.id, asked.version)
    show.as_json(template) if asked.json else show.template(template)


def withdraw(asked: Namespace, around: Surroundings) -> None:
    """Publish no version any longer."""
    with client(asked, around) as api:
        head = api.withdraw_template(asked.id)
    if asked.json:
        show.as_json(head)
        return
    show.fields([("id", head.id), ("latest", head.latest), ("published", "none")])


def _read(name: str) -> dict[str, Any]:
    document = object_of(name)
    if "channels" not in document or document.keys() - FIELDS:
        raise Failure(
            f'{name}: must be {{"purpose": "…", "channels": {{"sms": {{"text": "…"}}}}}},'
            f" with nothing beside {', '.join(sorted(FIELDS))}."
        )
    return document
