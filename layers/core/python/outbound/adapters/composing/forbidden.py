"""What no email may have: what runs, what is loaded from elsewhere, what no mail program shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_RUNS = "runs code, which no mail program does; leave it out"
_NOT_SHOWN = "isn't shown by most mail programs; use a picture (PNG, JPEG or GIF)"
ELEMENTS: Mapping[str, str] = {
    "applet": _RUNS,
    "base": "changes where links lead; write them in full",
    "embed": _RUNS,
    "frame": _RUNS,
    "frameset": _RUNS,
    "iframe": _RUNS,
    "link": "loads something from elsewhere; put styles into <style>",
    "math": _NOT_SHOWN,
    "object": _RUNS,
    "script": _RUNS,
    "svg": _NOT_SHOWN,
    "mj-font": "loads a font from elsewhere; name fonts that devices have",
}
LINKS = frozenset(
    {"action", "background", "background-url", "cite", "formaction", "href", "poster", "src"}
)
SCHEMES = frozenset({"cid", "geo", "http", "https", "mailto", "sms", "tel"})
_PICTURE = re.compile(r"data:image/(gif|jpeg|png|webp)[;,]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_BLANKS = re.compile(r"[\x00-\x20]+")
_STYLE = re.compile(r"@import|expression\s*\(|javascript\s*:|-moz-binding|behavior\s*:")


def forbidden(name: str, attributes: Iterable[tuple[str, str]], word: str) -> str | None:
    """What is wrong with an element; links that begin with a mark (`word`) are the data's."""
    if name in ELEMENTS:
        return f"<{name}> {ELEMENTS[name]}"
    given = dict(attributes)
    if name == "meta" and "refresh" in given.get("http-equiv", "").lower():
        return "<meta> must not lead elsewhere by itself"
    if name == "mj-social-element" and "src" not in given:
        return "<mj-social-element> needs a src: its own pictures lie on a server of others"
    for attribute, value in attributes:
        if attribute.startswith("on"):
            return f"{attribute} {_RUNS}"
        if attribute == "srcdoc" or (attribute in LINKS and not _leads(value, word)):
            return (
                f"{attribute} must be a link that begins with https:, mailto:, tel:, sms: or cid:"
            )
        if attribute == "style" and (objection := forbidden_style(value)):
            return objection
    return None


def forbidden_style(css: str) -> str | None:
    """What is wrong with styles."""
    found = _STYLE.search(css.lower())
    return f"styles can't have {found[0]}: it loads or runs something" if found else None


def _leads(value: str, word: str) -> bool:
    value = _BLANKS.sub("", value).lower()
    if value.startswith(word) or _PICTURE.match(value):
        return True
    scheme = _SCHEME.match(value)
    return scheme is None or scheme[1] in SCHEMES
