"""What can go wrong. No text here repeats what was asked, so each may be logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outbound_client.models import FieldError, Message


class OutboundError(Exception):
    """Anything this client raises, besides ValueError for arguments that can't be sent."""


class Problem(OutboundError):
    """The API refused. `code` is stable; `detail` and `errors` say what would be right."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str = "",
        detail: str = "",
        request_id: str | None = None,
        errors: tuple[FieldError, ...] = (),
        retry_after: float | None = None,
    ) -> None:
        # Only the summary: arguments show in the repr, and `detail` is the API's to word.
        super().__init__(_summary(status, code, title, request_id, errors))
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.request_id = request_id
        self.errors = errors
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[Problem], tuple[object, ...]]:
        """Lets a problem pass between processes."""
        return Problem, (
            self.status,
            self.code,
            self.title,
            self.detail,
            self.request_id,
            self.errors,
            self.retry_after,
        )


class Unreachable(OutboundError):
    """No answer came. A send may have been accepted: repeat it with the same idempotency key."""


class UnreadableAnswer(OutboundError):
    """The answer isn't one of Outbound: is the URL right?"""


class NotReached(OutboundError):
    """A message didn't come to any of the awaited statuses; `message` is how it stands."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"message {message.id} is {message.status}")
        self.message = message

    def __reduce__(self) -> tuple[type[NotReached], tuple[Message]]:
        """Lets it pass between processes."""
        return NotReached, (self.message,)


def _summary(
    status: int, code: str, title: str, request_id: str | None, errors: tuple[FieldError, ...]
) -> str:
    places = ", ".join(f"{error.pointer}: {error.code}" for error in errors)
    parts = [f"{status} {code}: {title}" if title else f"{status} {code}"]
    parts += [f"({places})"] if places else []
    parts += [f"[request {request_id}]"] if request_id else []
    return " ".join(parts)
