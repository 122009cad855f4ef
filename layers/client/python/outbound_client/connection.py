"""One request to the API: sent, repeated while that helps, and its answer read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from pydantic import ValidationError

from outbound_client.errors import Unreachable, UnreadableAnswer
from outbound_client.models import Answer, Versioned
from outbound_client.problem_document import problem_of
from outbound_client.requests import bearer, checked_idempotency_key
from outbound_client.retry import is_busy, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from outbound_client.models import UploadForm
    from outbound_client.retry import Retry

_UPLOAD_SECONDS = 60
A = TypeVar("A", bound=Answer)


class Connection:
    """Where the API is and who is asking. Safe to use from several threads."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        timeout: float,
        transport: httpx.BaseTransport | None,
        retry: Retry,
        sleep: Callable[[float], None],
    ) -> None:
        self._retry = retry
        self._sleep = sleep
        self._files = httpx.Client(timeout=max(timeout, _UPLOAD_SECONDS), transport=transport)
        self._http = httpx.Client(
            base_url=_checked(url),
            headers={"Authorization": bearer(api_key), "User-Agent": "outbound-client"},
            timeout=timeout,
            transport=transport,
        )

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._http.close()
        self._files.close()

    def ask(
        self,
        answer: type[A],
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        content: str | bytes | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> A:
        """The API's answer to a request that is safe to repeat.

        Raises:
            Problem: the API refused.
            Unreachable: no answer came, however often it was tried.
            UnreadableAnswer: what came isn't an answer of Outbound.
        """
        response = self._taken(
            self._http.build_request(
                method, path, json=body, content=content, params=query, headers=headers
            )
        )
        try:
            told = answer.model_validate_json(response.content)
        except ValidationError as error:
            # Its text would repeat what was received.
            places = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors())
            where = f" (at {places})" if places else ""
            text = f"the answer, {response.status_code}, isn't a {answer.__name__}{where}"
            raise UnreadableAnswer(text) from None
        if isinstance(told, Versioned):
            return told.model_copy(update={"etag": response.headers.get("ETag")})
        return told

    def post(
        self, answer: type[A], path: str, body: Mapping[str, Any], idempotency_key: str | None
    ) -> A:
        """As `ask`, for what makes something: one thing for an idempotency key."""
        headers = {"Idempotency-Key": checked_idempotency_key(idempotency_key)}
        return self.ask(answer, "POST", path, body=body, headers=headers)

    def ask_text(self, method: str, path: str, *, query: Mapping[str, str] | None = None) -> str:
        """As `ask`, for an answer that isn't JSON.

        Raises:
            Problem: the API refused.
            Unreachable: no answer came, however often it was tried.
        """
        return self._taken(self._http.build_request(method, path, params=query)).text

    def upload(self, form: UploadForm, content: bytes | BinaryIO) -> None:
        """Post a file by a form; without our key, which is not for who takes the file.

        Raises:
            Unreachable: nobody took it.
        """
        try:
            response = self._files.post(form.url, data=dict(form.fields), files={"file": content})
        except httpx.RequestError as error:
            reason = type(error).__name__
            raise Unreachable(f"the file could not be uploaded: {reason}") from error
        if not response.is_success:
            raise Unreachable(f"the file was not taken: HTTP status {response.status_code}")

    def download(self, url: str, into: BinaryIO) -> None:
        """Write what a link leads to into a file; without our key, which is not for who keeps it.

        Raises:
            Unreachable: it could not be read to its end.
        """
        try:
            with self._files.stream("GET", url) as response:
                if not response.is_success:
                    status = response.status_code
                    raise Unreachable(f"the file could not be read: HTTP status {status}")
                for piece in response.iter_bytes():
                    into.write(piece)
        except httpx.RequestError as error:
            reason = type(error).__name__
            raise Unreachable(f"the file could not be read: {reason}") from error

    def _taken(self, request: httpx.Request) -> httpx.Response:
        response = self._answered(request)
        if not response.is_success:
            raise problem_of(response.status_code, response.content, retry_after(response))
        return response

    def _answered(self, request: httpx.Request) -> httpx.Response:
        attempt = 1
        while True:
            response, failure = self._attempt(request)
            if response is not None and not is_busy(response):
                return response
            attempt += 1
            asked = retry_after(response) if response is not None else None
            wait = self._retry.wait_before(attempt, asked)
            if wait is not None:
                self._sleep(wait)
            elif response is not None:
                return response
            else:
                reason = type(failure).__name__
                raise Unreachable(f"no answer from {request.url.host}: {reason}") from failure

    def _attempt(
        self, request: httpx.Request
    ) -> tuple[httpx.Response | None, httpx.RequestError | None]:
        try:
            return self._http.send(request), None
        except httpx.RequestError as error:
            return None, error


def _checked(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ValueError(f"not a URL: {error}") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ValueError("the URL must begin with https:// (or http://) and name a host")
    return parsed
