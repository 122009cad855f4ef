"""Draws the dashboard of the local run: `.local/dashboard.html`, and with Chromium a picture."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.local.deploy import aws
from infra.local.picture.board import widgets_of
from infra.local.picture.measured import read
from infra.local.picture.page import page
from infra.local.places import HOME, STATE, LocalRunError, Places

NAME = "Outbound-local"


def make(found: Places) -> Path:
    """Draw what was measured until now; where it is.

    Raises:
        LocalRunError: nothing runs.
    """
    if not STATE.exists():
        raise LocalRunError("Nothing runs here: `make demo` or `make local` first.")
    board = aws("cloudwatch", found).get_dashboard(DashboardName=NAME)
    measured = read(_lines(aws("logs", found)))
    written = HOME / "dashboard.html"
    written.write_text(page(widgets_of(json.loads(board["DashboardBody"]), measured), measured))
    return _picture(written) or written


def _lines(logs: Any) -> Iterator[str]:
    """What the functions have logged."""
    for groups in logs.get_paginator("describe_log_groups").paginate():
        for group in groups["logGroups"]:
            pages = logs.get_paginator("filter_log_events").paginate(
                logGroupName=group["logGroupName"]
            )
            yield from (event["message"] for events in pages for event in events["events"])


def _picture(written: Path) -> Path | None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    picture = written.with_suffix(".png")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page()
        shown.goto(written.as_uri())
        shown.screenshot(path=picture, full_page=True)
        browser.close()
    return picture
