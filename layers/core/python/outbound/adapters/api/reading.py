"""Reading requests: JSON into models, and what is wrong with it into faults."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from outbound.adapters.api.forms import words_of
from outbound.domain.errors import Fault, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

LARGEST_BODY = 320_000
"""Bytes. A message must fit a DynamoDB item of 400 KB with what belongs to it."""
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_WORDS = {
    "missing": "This field is required.",
    "extra_forbidden": "This field is not known here.",
    "enum": "Must be one of: {expected}.",
    "literal_error": "Must be one of: {expected}.",
    "string_type": "Must be a text.",
    "dict_type": "Must be an object.",
    "model_type": "Must be an object.",
    "model_attributes_type": "Must be an object.",
    "list_type": "Must be a list.",
    "int_type": "Must be a whole number.",
    "string_too_short": "Must have at least {min_length} characters.",
    "string_too_long": "Must have at most {max_length} characters.",
    "too_short": "Must have at least {min_length} items.",
    "too_long": "Must have at most {max_length} items.",
    "greater_than_equal": "Must be at least {ge}.",
    "less_than_equal": "Must be at most {le}.",
    "timezone_aware": "Must be an RFC 3339 time with its offset, like 2026-12-24T09:00:00Z.",
    "datetime_type": "Must be an RFC 3339 time, like 2026-12-24T09:00:00Z.",
    "datetime_parsing": "Must be an RFC 3339 time, like 2026-12-24T09:00:00Z.",
    "datetime_from_date_parsing": "Must be an RFC 3339 time, like 2026-12-24T09:00:00Z.",
    "date_type": "Must be a date, like 2026-12-24.",
    "date_parsing": "Must be a date, like 2026-12-24.",
    "date_from_datetime_parsing": "Must be a date, like 2026-12-24.",
    "date_from_datetime_inexact": "Must be a date, like 2026-12-24.",
    "datetime_object_invalid": "Must be an RFC 3339 time, like 2026-12-24T09:00:00Z.",
}
_MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")
_CODES = {"missing": "required", "extra_forbidden": "unknown_field"}


class Model(BaseModel):
    """What a request may hold: nothing unknown, nothing converted in silence."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


UNSEEN = "\0"
"""Begins the tags of models that stand for each other in a place: no part of a pointer."""
WHOLE = BeforeValidator(_whole)
"""Takes 5.0 for 5: JSON has numbers only, and some languages write all of them with a point."""


def _once(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


ONCE = AfterValidator(_once)
"""A list in which each stands once, where it stood first."""
ModelT = TypeVar("ModelT", bound=BaseModel)


def body_of(event: APIGatewayProxyEventV2, largest: int = LARGEST_BODY) -> str:
    """The body of a request, of at most `largest` bytes, as text.

    Raises:
        Refusal: it is too large, isn't JSON by its content type, or isn't UTF-8.
    """
    if kind_of(event) not in ("application/json", "application/problem+json"):
        raise Refusal("unsupported_media_type", "Send the body as application/json.")
    return text_of(event, largest)


def kind_of(event: APIGatewayProxyEventV2) -> str:
    """The media type of a body, without its parameters."""
    kind = event.headers.get("content-type") or "application/json"
    return kind.partition(";")[0].strip().lower()


def text_of(event: APIGatewayProxyEventV2, largest: int = LARGEST_BODY) -> str:
    """The body of a request, whatever its type.

    Raises:
        Refusal: it is too large, or isn't UTF-8.
    """
    raw = event.body or ""
    if len(raw) > largest * 4 // 3 + 4:
        raise _too_large(largest)
    data = base64.b64decode(raw) if event.is_base64_encoded else raw.encode(errors="surrogatepass")
    if len(data) > largest:
        raise _too_large(largest)
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Refusal("malformed_json", "The body is not UTF-8.") from None


def read(model: type[ModelT], text: str, pointer: str = "") -> ModelT:
    """A body as a model, or the part of one that is found at `pointer`.

    Raises:
        Refusal: it isn't JSON, or not what the model wants.
    """
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_input=False), pointer) from None


def read_value(model: type[ModelT], value: object, pointer: str) -> ModelT:
    """A part of a body, found at `pointer`, as a model.

    Raises:
        Refusal: it isn't what the model wants.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_input=False), pointer) from None


def _refusal(errors: Iterable[Any], pointer: str = "") -> Refusal:
    errors = list(errors)
    if errors[0]["type"] == "json_invalid":
        place = re.search(r"at line \d+ column \d+", str(errors[0]["ctx"]["error"]))
        detail = f"The body is not valid JSON{f' {place[0]}' if place else ''}."
        return Refusal("malformed_json", detail)
    faults = [_fault(error, pointer) for error in errors[:50]]
    first = faults[0]
    detail = f"{first.pointer or 'The body'}: {first.message}"
    return Refusal("invalid_request", detail, *faults)


def _fault(error: Mapping[str, Any], pointer: str) -> Fault:
    seen = (part for part in map(str, error["loc"]) if _seen(part))
    place = pointer + "".join(f"/{escaped(part)}" for part in seen)
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        text = str(context["error"])
        message = f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
    elif kind == "string_pattern_mismatch":
        message = words_of(context["pattern"])
    else:
        message = _WORDS.get(kind, "Must be of another form.").format(**context)
        # Of words that are members of an enum, what stands for them in JSON.
        message = _MEMBER.sub(r"\1", message)
    return Fault(place, _CODES.get(kind, "invalid"), message)


def _seen(part: str) -> bool:
    return part != "[key]" and not part.startswith(UNSEEN)


def escaped(part: str) -> str:
    """A name as a part of a pointer."""
    return part.replace("~", "~0").replace("/", "~1")


def idempotency_key_of(event: APIGatewayProxyEventV2) -> str | None:
    """The Idempotency-Key of a request.

    Raises:
        Refusal: it isn't 1 to 255 visible ASCII characters.
    """
    key = event.headers.get("idempotency-key")
    if key is None:
        return None
    if not _IDEMPOTENCY_KEY.fullmatch(key):
        message = "Idempotency-Key must have 1 to 255 visible ASCII characters without spaces."
        fault = Fault("Idempotency-Key", "invalid_idempotency_key", message)
        raise Refusal("invalid_idempotency_key", message, fault)
    return key


def canonical(value: object) -> str:
    """The one text that stands for a JSON value, however it was written.

    Raises:
        Refusal: it has numbers that JSON lacks, or is too deep.
    """
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError):
        raise _out_of_range() from None


def parsed(text: str) -> Any:
    """A body as a JSON value.

    Raises:
        Refusal: it isn't JSON, or is too deep.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        detail = f"The body is not valid JSON at line {error.lineno} column {error.colno}."
        raise Refusal("malformed_json", detail) from None
    except (ValueError, RecursionError):
        raise _out_of_range() from None


def fingerprint_of(route: str, text: str) -> str:
    """What tells one request from another: its route and the meaning of its body."""
    return digest_of(route, canonical(parsed(text)))


def digest_of(route: str, canonical_text: str) -> str:
    """The fingerprint of a request whose canonical text is known."""
    return hashlib.sha256(f"{route}\0{canonical_text}".encode()).hexdigest()[:32]


def _out_of_range() -> Refusal:
    return Refusal("malformed_json", "The body has a number or a depth out of range.")


def _too_large(largest: int) -> Refusal:
    return Refusal("body_too_large", f"The body may have {largest:,} bytes.")
