"""The ready-made emails in a browser: narrow and wide, light and dark, in four languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from outbound.domain.words import Channel
from outbound_client.ready_made import LOCALES
from tests.e2e.pages import overflows, shoot
from tests.ready_made import EACH, read

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Not axe's rules for pages: an email is an article in somebody else's page.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDE, NARROW = 700, 320


@pytest.mark.parametrize(("name", "locale"), EACH)
def test_an_email_fits_any_width_and_is_readable_by_day_and_night(
    page: Page, name: str, locale: str
):
    page.set_content(read(name, locale)[Channel.EMAIL]["html"])
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 700})
            assert not overflows(page), (scheme, width)
            shoot(page, f"{name}-{locale}-{scheme}-{width}")
        if locale == LOCALES[0]:
            # The others have the same colours.
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, found.generate_report()
