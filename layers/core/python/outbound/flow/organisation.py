"""`organisation` in bodies: what the sender's tenant says of itself, kept with the message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.ports import Organisations

ORGANISATION = "organisation"


class Details(Mapping[str, str]):
    """A tenant's details, read when a body first asks for one: most bodies never do.

    `used` says whether one did. Then they go into the message, so that it says what it was accepted
    with, and deliver needs to read nothing.
    """

    def __init__(self, tenant: str, organisations: Organisations):
        self._tenant = tenant
        self._organisations = organisations
        self._said: Mapping[str, str] | None = None

    @property
    def used(self) -> bool:
        """Whether a body asked."""
        return self._said is not None

    def __getitem__(self, name: str) -> str:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> Mapping[str, str]:
        if self._said is None:
            self._said = self._organisations.get(self._tenant).said()
        return self._said
