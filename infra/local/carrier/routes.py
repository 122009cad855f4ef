"""What the carrier shows to people and tools, beside the calls of AWS."""

import json
import tomllib
from typing import TypeVar
from urllib.parse import parse_qs, unquote

from pydantic import BaseModel, ValidationError

from infra.local.carrier.account import Account
from infra.local.carrier.core import Carrier
from infra.local.carrier.listing import described_reply, listing
from infra.local.carrier.outbox import Item
from infra.local.carrier.pages import (
    PICTURES,
    STYLE,
    message_page,
    not_found_page,
    outbox_page,
    with_pictures,
)
from infra.local.carrier.replies import NoReply
from infra.local.carrier.rules import Rules
from infra.local.carrier.settings import Settings
from infra.local.carrier.transport import Request, Response

Model = TypeVar("Model", bound=BaseModel)
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
MAIL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

FORM = "application/x-www-form-urlencoded"
FILE_POLICY = "sandbox; default-src 'none'"


def answer_page(request: Request, query: str, carrier: Carrier) -> Response | None:
    """Answer a request for a page or for control; none of AWS's calls is one."""
    place = (request.method.replace("HEAD", "GET"), request.path)
    if place == ("GET", "/"):
        return Response(302, b"", {**SAFE, "Location": "/outbox"})
    if place == ("GET", "/outbox/style.css"):
        return _text(STYLE, "text/css")
    if place == ("GET", "/outbox"):
        return _page(outbox_page(carrier.outbox, _first(query, "q"), _first(query, "page")))
    if place[0] == "POST" and request.path.startswith("/outbox/"):
        return _reply(request, carrier)
    if place[0] == "GET" and request.path.startswith("/outbox/"):
        return _message(unquote(request.path.removeprefix("/outbox/")), carrier)
    if place == ("GET", "/outbox.json"):
        return _json(listing(carrier.outbox, _first(query, "q")))
    if place == ("DELETE", "/outbox.json"):
        carrier.outbox.clear()
        return Response(204, b"", SAFE)
    if request.path.startswith("/_carrier/"):
        return _control(place, request, carrier)
    return None


def _message(name: str, carrier: Carrier) -> Response:
    provider_id, _, part = name.partition("/")
    item = carrier.outbox.get(provider_id)
    if item is not None and part == "":
        outbox = carrier.outbox
        return _page(message_page(item, outbox.receipts(provider_id), outbox.replies(provider_id)))
    if item is not None and part == "body.html" and item.html is not None:
        headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
        return _text(with_pictures(item), "text/html", headers)
    number = part.removeprefix("files/")
    if item is not None and number != part and number.isdecimal():
        return _file(item, int(number))
    return _page(not_found_page(), status=404)


def _reply(request: Request, carrier: Carrier) -> Response:
    """Take what a person answers, by a form of the page or as JSON."""
    provider_id, _, part = request.path.removeprefix("/outbox/").rpartition("/")
    item = carrier.outbox.get(unquote(provider_id))
    if item is None or part != "reply":
        return _json({"error": "There is no such message."}, status=404)
    by_form = request.headers.get("content-type", "").startswith(FORM)
    try:
        said = request.body.decode()
        text = _first(said, "text") if by_form else str(json.loads(said)["text"])
        reply = carrier.reply(item, text)
    except (ValueError, LookupError, TypeError):
        return _json({"error": 'Say what is answered: {"text": "STOP"}.'}, status=422)
    except NoReply:
        return _json({"error": "Only a text of a number can be answered."}, status=422)
    if by_form:
        return Response(303, b"", {**SAFE, "Location": f"/outbox/{provider_id}"})
    return _json(described_reply(reply), status=202)


def _file(item: Item, number: int) -> Response:
    if number >= len(item.attachments) or not item.attachments[number].content:
        return _page(not_found_page(), status=404)
    file = item.attachments[number]
    # What isn't a picture is never opened here: a page among it would be one of ours.
    shown = file.content_type in PICTURES
    headers = {
        "Content-Type": file.content_type if shown else "application/octet-stream",
        "Content-Disposition": "inline" if shown else "attachment",
        "Content-Security-Policy": FILE_POLICY,
    }
    return Response(200, file.content, {**SAFE, **headers})


def _control(place: tuple[str, str], request: Request, carrier: Carrier) -> Response:
    try:
        match place:
            case ("GET", "/_carrier/health"):
                return _json({"status": "ok"})
            case ("PUT", "/_carrier/settings"):
                carrier.settings = _read(Settings, request)
            case ("PUT", "/_carrier/rules"):
                carrier.rules.replace(_read(Rules, request).rules)
            case ("PUT", "/_carrier/account"):
                account = _read(Account, request)
                carrier.ledger.change(lambda _: account)
            case ("GET", "/_carrier/settings" | "/_carrier/rules" | "/_carrier/account"):
                pass
            case _:
                return _json({"error": "There is nothing here."}, status=404)
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        return _json({"error": str(wrong)}, status=422)
    if request.path.endswith("settings"):
        return _json(carrier.settings.model_dump(mode="json"))
    if request.path.endswith("account"):
        return _json(carrier.ledger.account.model_dump(mode="json"))
    return _json(Rules(rules=carrier.rules.rules).model_dump(mode="json", exclude_defaults=True))


def _read(model: type[Model], request: Request) -> Model:
    if request.headers.get("content-type", "").startswith("application/toml"):
        return model.model_validate(tomllib.loads(request.body.decode()))
    return model.model_validate_json(request.body)


def _first(query: str, name: str) -> str:
    return parse_qs(query).get(name, [""])[0].strip()


def _page(text: str, *, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": PAGE_POLICY, "X-Frame-Options": "DENY"}
    return _text(text, "text/html", headers, status=status)


def _json(value: object, *, status: int = 200) -> Response:
    return _text(json.dumps(value), "application/json", status=status)


def _text(
    text: str, content_type: str, headers: dict[str, str] | None = None, *, status: int = 200
) -> Response:
    full = {**SAFE, **(headers or {}), "Content-Type": f"{content_type}; charset=utf-8"}
    return Response(status, text.encode(), full)
