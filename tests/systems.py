"""A system of a tenant's on this machine: it takes events, or answers what its path says."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class System:
    """Where it is, and what it was asked: paths, headers, bodies."""

    url: str = ""
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def taking_events() -> Iterator[System]:
    """A server; `/500` answers so, a redirect leads to the cloud's metadata."""
    system = System()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            system.asked.append((self.path, dict(self.headers), body))
            status = int(self.path.strip("/").partition("?")[0] or 204)
            self.send_response(status)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
            if status == 503:
                self.send_header("Retry-After", "120")
            if status == 200:
                self.send_header("Content-Length", str(10**12))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    system.url = f"http://localhost:{server.server_address[1]}"
    try:
        yield system
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
