"""What tests look at of any page."""

import os
from pathlib import Path

from playwright.sync_api import Page


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page in the folder OUTBOUND_SCREENSHOTS, if there is one."""
    folder = os.environ.get("OUTBOUND_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def overflows(page: Page) -> bool:
    """Whether one must scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
