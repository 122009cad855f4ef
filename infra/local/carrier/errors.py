"""A call refused the way the service would refuse it."""


class CallRefused(Exception):
    """Carries the error code, and the members its shape in the service model has."""

    def __init__(
        self, code: str, message: str, *, status: int | None = None, **members: object
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.members = members
        vars(self).update(members)
