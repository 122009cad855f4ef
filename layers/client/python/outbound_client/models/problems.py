"""What was wrong with a request, or an item of one."""

from outbound_client.models.answer import Answer


class FieldError(Answer):
    """One place of a request that is wrong: a JSON pointer, or a parameter's or header's name."""

    pointer: str = ""
    code: str = ""
    message: str = ""


class ItemProblem(Answer):
    """Why an item of a batch was refused."""

    type: str = ""
    code: str
    title: str
    status: int
    detail: str
    request_id: str | None = None
    errors: tuple[FieldError, ...] = ()
