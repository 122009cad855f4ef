"""The composing of emails, when their template is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Composer(Protocol):
    """Turns what authors write of an email into what is sent."""

    def compose(
        self,
        bodies: Mapping[str, str],
        *,
        locale: str,
        partial: bool = False,
        parts: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Mapping[str, str]:
        """The bodies that are sent, still with their tags: html and text.

        `bodies` have `mjml` or `html`, and maybe a `preheader`; without a text they get one that
        says the same. `parts` are the bodies of what they extend or include, by id: what extends a
        layout in html has its styles, and what does in mjml is put into it. A `partial` is such a
        layout, or a part.

        Raises:
            TemplateFault: a body is no MJML or HTML that an email can have; with its line.
        """
        ...

    def layout_of(self, mjml: str) -> str | None:
        """The id of the template that an MJML document extends.

        Raises:
            TemplateFault: it is no template.
        """
        ...
