"""Reading refusals: RFC 9457 problem documents, and the answers of what stands in front."""

from http import HTTPStatus

from pydantic import ValidationError

from outbound_client.errors import Problem
from outbound_client.models import Answer, FieldError


class ProblemDocument(Answer):
    """An RFC 9457 problem document."""

    code: str
    title: str = ""
    detail: str = ""
    request_id: str | None = None
    errors: tuple[FieldError, ...] = ()


def problem_of(status: int, content: bytes, retry_after: float | None = None) -> Problem:
    """The problem that an answer tells; a foreign answer becomes `http_<status>`."""
    try:
        document = ProblemDocument.model_validate_json(content)
    except ValidationError:
        document = ProblemDocument(code=f"http_{status}", title=_phrase(status))
    return Problem(
        status,
        document.code,
        document.title,
        document.detail,
        document.request_id,
        document.errors,
        retry_after,
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Not an answer of Outbound"
