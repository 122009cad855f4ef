"""How well contacts are."""

from collections.abc import Mapping

from outbound_client.models.answer import Answer


class ListHealth(Answer):
    """How well all contacts are: how many of them each thing is to be said of.

    `stale` is None where nobody asked for it; `suppressed` counts by reason.
    """

    contacts: int
    no_address: int
    no_consent: int
    role: int
    disposable: int
    stale: int | None
    suppressed: Mapping[str, int]
    next_cursor: str | None = None
