"""The contacts that the demo imports: three zones, two languages, three kinds of consent."""

import csv
import io
from datetime import UTC, datetime

COUNT = 500
NAMES = ("Ada", "Ben", "Chloé", "Dmitri", "Esra", "Farid", "Grace", "Hana", "Inès", "Jonas")
PLACES = (
    ("en-US", "America/New_York", "US-NY"),
    ("en-US", "America/Los_Angeles", "US-CA"),
    ("fr-FR", "Europe/Paris", "FR"),
)
CONSENT = "consents.email.marketing"
HEADERS = (
    "id",
    "email",
    "locale",
    "timezone",
    "region",
    "attributes.name",
    "attributes.plan",
    *(f"{CONSENT}.{part}" for part in ("status", "level", "source", "at", "wording", "proof")),
)


def people() -> bytes:
    """A file as a shop would export it. Most said yes to offers, some were never asked, some no."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEADERS)
    said_at = datetime.now(UTC).replace(month=1, day=2, hour=9, minute=0, second=0, microsecond=0)
    for number in range(COUNT):
        locale, zone, region = PLACES[number % len(PLACES)]
        rows.writerow(
            [
                f"shop-{number:03}",
                f"person{number:03}@example.org",
                locale,
                zone,
                region,
                NAMES[number % len(NAMES)],
                "free" if number % 5 == 0 else "pro",
                *_said(number, f"{said_at:%Y-%m-%dT%H:%M:%SZ}"),
            ]
        )
    return written.getvalue().encode()


def _said(number: int, at: str) -> list[str]:
    if number % 7 == 1:
        return [""] * 6
    if number % 11 == 2:
        return ["revoked", "", "", "", "", ""]
    wording = "Yes, send me offers by email."
    return ["granted", "express_written", "web form", at, wording, f"form {number}"]
