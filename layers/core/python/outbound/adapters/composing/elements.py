"""Which elements may stand where: those of MJML by their parent, and HTML wherever it may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# fmt: off
VOID = frozenset({
    "area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})
OPTIONAL_END = frozenset({
    "body", "colgroup", "dd", "dt", "head", "html", "li", "option", "p", "tbody", "td", "tfoot",
    "th", "thead", "tr",
})
CONTENTS = frozenset({
    "mj-accordion", "mj-button", "mj-divider", "mj-image", "mj-navbar", "mj-raw", "mj-social",
    "mj-spacer", "mj-table", "mj-text",
})
HOLD_HTML = frozenset({
    "mj-accordion-text", "mj-accordion-title", "mj-button", "mj-navbar-link", "mj-raw",
    "mj-social-element", "mj-table", "mj-text",
})
# fmt: on
"""https://documentation.mjml.io: what their text may be."""
HOLD_TEXT = frozenset({"mj-preview", "mj-style", "mj-title"})
CHILDREN: Mapping[str, frozenset[str]] = {
    "mjml": frozenset({"mj-body", "mj-head"}),
    "mj-head": frozenset({"mj-attributes", "mj-breakpoint", "mj-raw", *HOLD_TEXT}),
    "mj-body": frozenset({"mj-hero", "mj-raw", "mj-section", "mj-wrapper"}),
    "mj-wrapper": frozenset({"mj-hero", "mj-raw", "mj-section"}),
    "mj-section": frozenset({"mj-column", "mj-group", "mj-raw"}),
    "mj-group": frozenset({"mj-column", "mj-raw"}),
    "mj-column": CONTENTS,
    "mj-hero": CONTENTS,
    "mj-accordion": frozenset({"mj-accordion-element"}),
    "mj-accordion-element": frozenset({"mj-accordion-text", "mj-accordion-title"}),
    "mj-navbar": frozenset({"mj-navbar-link"}),
    "mj-social": frozenset({"mj-social-element"}),
}
STYLES = frozenset({"mj-style", "style"})
PLAIN = STYLES | {"mj-preview", "mj-title", "title"}
"""Their text holds no elements, and no comments either."""


def is_mjml(name: str) -> bool:
    """Whether an element is one of MJML."""
    return name == "mjml" or name.startswith("mj-")


def misplaced(name: str, parent: str | None) -> str | None:
    """Why an element of an MJML document can't stand in its parent."""
    if name == "mj-include":
        return "mj-include reads files; use include, in a tag, in an html body"
    if parent is None:
        return None if name == "mjml" else "mjml must be the outermost element"
    if parent in HOLD_HTML or not is_mjml(parent):
        return f"<{name}> can't stand in <{parent}>" if is_mjml(name) else None
    if parent == "mj-attributes":
        return None if is_mjml(name) else f"<{name}> can't stand in <{parent}>"
    allowed = CHILDREN.get(parent, frozenset())
    if name in allowed:
        return None
    takes = f"it takes {', '.join(sorted(allowed))}" if allowed else "it takes no elements"
    return f"<{name}> can't stand in <{parent}>: {takes}"


def closes(opened: str, name: str) -> bool:
    """Whether an open element ends where another one begins, as HTML has it."""
    if name in {"td", "th"}:
        return opened in {"td", "th"}
    if name in {"tr", "tbody", "tfoot", "thead"}:
        return opened in {"td", "th", "tr"} or (name != "tr" and opened in {"tbody", "thead"})
    if name in {"dd", "dt"}:
        return opened in {"dd", "dt"}
    return opened == name and name in {"li", "option", "p"}
