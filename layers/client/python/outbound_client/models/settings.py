"""What a tenant says of itself."""

from outbound_client.models.answer import Answer


class Settings(Answer):
    """What a tenant says of itself; None is what it hasn't said."""

    name: str | None = None
    postal_address: str | None = None
    phone: str | None = None
    website: str | None = None
    locale: str | None = None
    timezone: str | None = None
