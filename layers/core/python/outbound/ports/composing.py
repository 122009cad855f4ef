"""The composing of emails, when their template is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Composer(Protocol):
    """Turns what authors write of an email into what is sent."""

    def compose(
        self,
        bodies: Mapping[str, str],
        *,
        locale: str,
        partial: bool = False,
        layouts: Sequence[str] = (),
    ) -> Mapping[str, str]:
        """The bodies that are sent, still with their tags: html and text.

        `bodies` have `mjml` or `html`, and maybe a `preheader`; without a text they get one that
        says the same. `layouts` are the html of what they extend, whose styles hold for them. A
        `partial` is such a layout, or a part.

        Raises:
            TemplateFault: a body is no MJML or HTML that an email can have; with its line.
        """
        ...
