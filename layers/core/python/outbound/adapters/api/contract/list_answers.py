"""What is answered about the list of all contacts."""

from __future__ import annotations

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.contact_answers import Count


class SuppressedContacts(Answered):
    """Contacts with a suppressed address, by reason."""

    bounced: Count
    """It doesn't work."""
    invalid: Count
    """It isn't one."""
    complained: Count
    """They said that it is spam."""
    opted_out: Count
    """They said no."""
    manual: Count
    """By hand."""


class ListHealth(Answered):
    """How well a part of your contacts is. One may count several times, for different things."""

    contacts: Count
    """How many were looked at."""
    no_address: Count
    """Without any address."""
    no_consent: Count
    """Without any yes that stands."""
    role: Count
    """With the email address of a post."""
    disposable: Count
    """With an email address to be thrown away."""
    stale: Count | None
    """Not reached for as long as was asked; null if it wasn't."""
    suppressed: SuppressedContacts
    """With an address that is suppressed."""
    next_cursor: str | None
    """For the next part; null where all were looked at."""
