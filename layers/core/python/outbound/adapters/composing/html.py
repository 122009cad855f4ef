"""HTML as mail programs want it: from MJML, a whole document, its styles at its elements."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import css_inline
import mrml

from outbound.adapters.composing.pieces import MarkupFault
from outbound.domain.locale import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from outbound.adapters.composing.tags import Tags

FILLER = "\u034f\u00a0" * 80
"""Behind a preheader, so that mail programs show nothing of the body after it."""
HIDDEN = "display:none;max-height:0;overflow:hidden;mso-hide:all"
_HEAD = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
_BODY = re.compile(r"<body\b[^>]*>")
_WHOLE = re.compile(r"<(html|body)\b")
_ELEMENT = re.compile(r"<[a-z][a-z0-9]*\b")
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_EMPTY = re.compile(r"<style\b[^>]*>\s*</style>")
_ROWS = re.compile(
    r"<!--\[.*?-->|(<table\b[^>]*>)((?:\s|<!--(?!\[)[^<>]*-->)*)(?=<tr\b)", re.DOTALL
)


def from_mjml(markup: str, locale: str) -> str:
    """The HTML of an MJML document. Nothing is included, no font or picture comes from others.

    Raises:
        MarkupFault: mrml finds fault with it.
    """
    markup = _told(markup, "mjml", locale)
    markup = markup.replace("</mj-preview>", f"{FILLER}</mj-preview>")
    parsing = mrml.ParserOptions(include_loader=mrml.noop_loader())
    try:
        return mrml.to_html(markup, parsing, mrml.RenderOptions(fonts={})).content
    except OSError as error:
        raise MarkupFault(1, f"this is not valid MJML ({error})") from None


def is_whole(markup: str) -> bool:
    """Whether it is a document, and not a part of one."""
    return _WHOLE.search(markup) is not None


def as_whole(markup: str, locale: str) -> str:
    """A document, in a language."""
    if not is_whole(markup):
        markup = f"<html><head>{_HEAD}</head><body>{markup}</body></html>"
    if "<html" not in markup:
        markup = f"<html>{markup}</html>"
    markup = _told(markup, "html", locale)
    return markup if markup[:9].lower() == "<!doctype" else f"<!DOCTYPE html>{markup}"


def _told(markup: str, root: str, locale: str) -> str:
    """A document that tells its language and, where that isn't to the right, its direction."""
    from babel import Locale, UnknownLocaleError

    given = re.search(rf"<{root}\b[^>]*>", markup)
    attributes = given[0] if given else ""
    told = "" if " lang=" in attributes else f' lang="{escape(locale)}"'
    try:
        leftward = Locale(language(locale)).character_order == "right-to-left"
    except UnknownLocaleError:
        leftward = False
    if leftward and " dir=" not in attributes:
        told += ' dir="rtl"'
    return markup.replace(f"<{root}", f"<{root}{told}", 1)


def with_preheader(markup: str, preheader: str) -> str:
    """A document that begins with hidden text, which lists of mail show beside the subject."""
    hidden = f'<div style="{HIDDEN}">{preheader}{FILLER}</div>'
    return _BODY.sub(lambda body: body[0] + hidden, markup, count=1)


def inlined(markup: str, *, keep_all: bool) -> str:
    """A document whose styles stand at its elements; those that can't stay where they are.

    `keep_all` keeps the others too, for a layout whose elements come later.
    """
    inliner = css_inline.CSSInliner(
        keep_style_tags=True,
        keep_at_rules=True,
        remove_inlined_selectors=not keep_all,
        load_remote_stylesheets=False,
    )
    return _inlined(lambda: inliner.inline(_rows(markup)))


def inlined_fragment(markup: str, layouts: Iterable[str], tags: Tags) -> str:
    """A part of a document, with the styles of its layouts.

    Raises:
        MarkupFault: a part of it can't stand by itself.
    """
    css = "\n".join(style for layout in layouts for style in _STYLE.findall(layout))
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    markup = _rows(markup)
    done = _inlined(lambda: inliner.inline_fragment(markup, css))
    if len(_ELEMENT.findall(done)) != len(_ELEMENT.findall(markup)):
        raise MarkupFault(tags.line(1), "rows and cells can stand only in a <table> of theirs")
    return done


def _inlined(inline: Callable[[], str]) -> str:
    try:
        return _EMPTY.sub("", inline())
    except css_inline.InlineError as error:
        raise MarkupFault(1, f"its styles can't be read: {error}") from None


def _rows(markup: str) -> str:
    """Rows in a body of their own; parsers add one, and would put it between a tag and its end."""
    return _ROWS.sub(lambda found: f"{found[1]}<tbody>{found[2]}" if found[1] else found[0], markup)
