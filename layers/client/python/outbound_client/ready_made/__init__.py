"""Templates to begin with: appointment, order update, launch, offer, prescription, alert.

Each is a file: its purpose, its variables with examples, and for each locale what it says on each
channel. Their emails stand in one frame, the template `layout`, which is one too.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from string import Template
from typing import Any

LAYOUT = "layout"
LOCALES = ("en", "es", "fr", "de")
"""The first is for all that read another language."""
NAMES = ("appointment", "order-update", "launch", "offer", "prescription", "alert")


def document(name: str) -> dict[str, Any]:
    """What `put_template` takes of a ready-made template, or of their layout."""
    read = tomllib.loads(_file(f"{name}.toml"))
    first, *others = LOCALES
    body = {
        "locale": first,
        "channels": _channels(read, first),
        "locales": {locale: _channels(read, locale) for locale in others},
    }
    if read.get("partial"):
        return {"partial": True, **body}
    return {"purpose": read["purpose"], **body, "variables": read["variables"]}


def examples(name: str) -> dict[str, Any]:
    """Data that the variables of a template could have."""
    variables = tomllib.loads(_file(f"{name}.toml")).get("variables", {})
    return {variable: declared["example"] for variable, declared in variables.items()}


def _channels(read: dict[str, Any], locale: str) -> dict[str, Any]:
    if "mjml" in read:
        # Jinja's tags have no $, so the words of a locale do.
        return {"email": {"mjml": Template(_file(read["mjml"])).substitute(read[locale])}}
    channels: dict[str, Any] = {
        channel: {body: text.strip() for body, text in bodies.items()}
        for channel, bodies in read[locale].items()
    }
    if "calendar" in read:
        channels["email"]["calendar"] = read["calendar"]
    return channels


def _file(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
