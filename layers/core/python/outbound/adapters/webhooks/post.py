"""The way to a webhook: one request over HTTPS, to an address that everybody could reach."""

from __future__ import annotations

import socket
import ssl
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from outbound.domain.network import is_public
from outbound.ports import Posted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECONDS = 10.0
"""For all of a request: a server that answers a byte now and then must not hold up others."""
CONNECT_SECONDS = 3.0
PORTS = {"https": 443, "http": 80}


class NotPublic(Exception):
    """The name stands for an address that isn't public."""


@dataclass(frozen=True, slots=True)
class HttpPost:
    """Requests of one deployment; in a local run also without TLS, and to this machine.

    `resolve` gives the addresses of a name: all are looked at, and one of them is connected to,
    so that no second answer of a name server can lead elsewhere.
    """

    locally: bool = False
    seconds: float = SECONDS
    resolve: Callable[[str, int], list[str]] | None = None

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Posted:
        """Ask once; of the answer, nothing is read but its head."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not self.locally:
            return Posted(None, "not_https")
        try:
            place = self._place(parts)
            return self._ask(parts, place, headers, body)
        except NotPublic:
            return Posted(None, "not_public")
        except socket.gaierror:
            return Posted(None, "unknown_host")
        except ssl.SSLError:
            return Posted(None, "tls")
        except TimeoutError:
            return Posted(None, "timeout")
        except (OSError, HTTPException, ValueError):
            return Posted(None, "connection")

    def _place(self, parts: SplitResult) -> tuple[str, int]:
        port = parts.port or PORTS[parts.scheme]
        found = (self.resolve or _resolved)(parts.hostname or "", port)
        if not self.locally and not all(map(is_public, found)):
            raise NotPublic
        return found[0], port

    def _ask(
        self, parts: SplitResult, place: tuple[str, int], headers: Mapping[str, str], body: str
    ) -> Posted:
        sock = socket.create_connection(place, min(CONNECT_SECONDS, self.seconds))
        with _cut_after(self.seconds, sock) as late, closing(_connection(parts)) as connection:
            try:
                connection.sock = _secured(parts, sock)
                connection.request("POST", _target(parts), body.encode(), dict(headers))
                answer = connection.getresponse()
            except (OSError, HTTPException):
                if late():
                    raise TimeoutError from None
                raise
            return Posted(answer.status, retry_after=_seconds(answer.getheader("Retry-After")))


def _resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # Functions reach the internet over IPv4.
    found.sort(key=lambda each: each[0] is not socket.AF_INET)
    return [str(each[4][0]) for each in found]


def _connection(parts: SplitResult) -> HTTPConnection:
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(parts.hostname or "", parts.port)


def _secured(parts: SplitResult, sock: socket.socket) -> socket.socket:
    """The connection that is made already; the name is what its certificate must be for."""
    if parts.scheme == "http":
        return sock
    try:
        return _context().wrap_socket(sock, server_hostname=parts.hostname)
    except OSError:
        sock.close()
        raise


def _target(parts: SplitResult) -> str:
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


@contextmanager
def _cut_after(seconds: float, sock: socket.socket) -> Iterator[Callable[[], bool]]:
    """Cuts a connection that takes too long, whatever is done with it; tells whether it was."""
    cut = False
    sock.settimeout(seconds)
    same = sock.dup()

    def cut_off() -> None:
        nonlocal cut
        cut = True
        # Wakes who waits for the connection, as closing it would not.
        with suppress(OSError):
            same.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: cut
    finally:
        timer.cancel()
        timer.join()
        same.close()


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _seconds(text: str | None) -> timedelta | None:
    """A `Retry-After` in seconds; a date is as good as none."""
    if text is None or not text.isdecimal() or len(text) > 6:
        return None
    return timedelta(seconds=int(text))
