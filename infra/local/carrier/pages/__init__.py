"""The pages on which people look at what was sent."""

import re
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from infra.local.carrier.listing import instant, matches
from infra.local.carrier.outbox import Attachment, Item, Outbox, Played, Reply

HERE = Path(__file__).parent
STYLE = (HERE / "style.css").read_text()
PER_PAGE = 50
PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
_REFERENCE = re.compile(r"""cid:([^"'\s)>]+)""", re.IGNORECASE)
CHANNELS = {"email": "Email", "sms": "Text", "voice": "Call"}

_environment = Environment(
    loader=FileSystemLoader(HERE),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def outbox_page(outbox: Outbox, search: str = "", page: str = "") -> str:
    """Show the messages that match the search, newest first."""
    found = [item for item in outbox.items() if matches(item, search)]
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(1, int(page) if page.isdecimal() else 1), pages)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return _render(
        "outbox.html",
        rows=[(item, _last(outbox.receipts(item.provider_id))) for item in shown],
        total=len(found),
        search=search,
        page=number,
        pages=pages,
    )


def message_page(item: Item, receipts: Sequence[Played], replies: Sequence[Reply] = ()) -> str:
    """Show one message with all its parts, what was said of it since, and what was answered."""
    return _render("message.html", item=item, receipts=receipts, replies=replies)


def with_pictures(item: Item) -> str:
    """The html of an email, with its inline pictures where it refers to them.

    They stand in it as data: the frame that shows it may ask for nothing.
    """
    pictures = {
        each.content_id: f"data:{each.content_type};base64,{b64encode(each.content).decode()}"
        for each in item.attachments
        if each.content_id and each.content and each.content_type in PICTURES
    }
    return _REFERENCE.sub(lambda found: pictures.get(found[1], found[0]), item.html or "")


def not_found_page() -> str:
    """Say that there is no such message."""
    return _render("not_found.html")


def _render(name: str, **values: Any) -> str:
    return _environment.get_template(name).render(values)


def _last(receipts: Sequence[Played]) -> str | None:
    return receipts[-1].outcome if receipts else None


def _tone(outcome: str) -> str:
    word = outcome.upper()
    if any(good in word for good in ("DELIVERY", "SUCCESS", "DELIVERED", "COMPLETED", "READ")):
        return "neutral" if word.startswith("DELIVERYDELAY") else "good"
    waiting = ("SEND", "SENT", "PENDING", "QUEUED", "INITIATED", "RINGING", "ANSWERED")
    return "neutral" if word.endswith(waiting) else "bad"


def _kind(item: Item) -> str:
    return "MMS" if item.media else CHANNELS[item.channel]


def _text(attachment: Attachment) -> str | None:
    readable = attachment.content_type.startswith("text/")
    return attachment.content.decode(errors="replace") if readable else None


def _size(count: int) -> str:
    return f"{count} bytes" if count < 1024 else f"{count / 1024:.1f} KB"


_environment.filters.update(
    instant=instant,
    moment=lambda at: at.strftime("%Y-%m-%d %H:%M:%S UTC"),
    tone=_tone,
    kind=_kind,
    size=_size,
    picture=lambda attachment: bool(attachment.content) and attachment.content_type in PICTURES,
    readable=_text,
    words=lambda outcome: outcome.replace("_", " ").replace("/", " / ").lower().capitalize(),
)
