"""What a tenant says of itself: who writes, where it lives, how it is reached."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Organisation:
    """None is what nobody has said yet.

    `locale` and `timezone` are for recipients of whom nothing better is known.
    """

    name: str | None = None
    postal_address: str | None = None
    phone: str | None = None
    website: str | None = None
    locale: str | None = None
    timezone: str | None = None

    def said(self) -> Mapping[str, str]:
        """All that is said, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}


NOBODY = Organisation()
