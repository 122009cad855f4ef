"""From the geocodes of an area to regions of contacts, where they name whole states or countries.

A county is never widened to its state: who sends says then who is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.regions import region

if TYPE_CHECKING:
    from collections.abc import Iterable

# States by their numbers in FIPS 6-4, which SAME codes (PSSCCC) begin with:
# https://www.weather.gov/nwr/Counties
_STATES = (
    "01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY "
    "22LA 23ME 24MD 25MA 26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH "
    "40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY 60AS 66GU 69MP "
    "72PR 78VI"
)
STATES = {each[:2]: f"US-{each[2:]}" for each in _STATES.split()}
WHOLE_COUNTRY = "000000"


def regions_of(codes: Iterable[tuple[str, str]]) -> list[str]:
    """The regions that geocodes name; none where one of them names less than a whole one."""
    found: list[str] = []
    for name, value in codes:
        code = _region(name.strip().upper().replace("_", "-"), value.strip().upper())
        if code is None:
            return []
        found.append(code)
    return list(dict.fromkeys(found))


def _region(name: str, value: str) -> str | None:
    if name in ("ISO3166-1", "ISO3166-2", "ISO 3166-1", "ISO 3166-2"):
        try:
            return region(value)
        except ValueError:
            return None
    if name in ("SAME", "FIPS6") and len(value) == len(WHOLE_COUNTRY) and value.isdigit():
        if value == WHOLE_COUNTRY:
            return "US"
        return STATES.get(value[1:3]) if value.startswith("0") and value.endswith("000") else None
    return None
