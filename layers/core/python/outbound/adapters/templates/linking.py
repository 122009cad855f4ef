"""Filters that make links: `short` and `media_page`. Whoever renders a body says how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import pass_context

from outbound.adapters.templates.bounds import spend
from outbound.ports import NoLink
from outbound.ports.rendering import LINKING

if TYPE_CHECKING:
    from jinja2.runtime import Context

STEPS = 20


@pass_context
def short(context: Context, url: Any) -> str:
    """`"https://…"|short`: a short link on our own host."""
    return str(_maker(context).short(_text(url, "short")))


@pass_context
def media_page(context: Context, media_id: Any) -> str:
    """`"med_…"|media_page`: where a file is shown or played."""
    return str(_maker(context).media_page(_text(media_id, "media_page")))


FILTERS = {"short": short, "media_page": media_page}


def _maker(context: Context) -> Any:
    spend(STEPS)
    maker = context.get(LINKING)
    if maker is None:
        raise NoLink("nobody can follow a link in it")
    return maker


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise NoLink(f"{name} is for texts")
    return value
