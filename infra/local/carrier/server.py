"""The carrier over HTTP, on this machine only."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from infra.local.carrier.account import txt_records
from infra.local.carrier.core import Carrier
from infra.local.carrier.dns import answering
from infra.local.carrier.files import EmulatorFiles
from infra.local.carrier.routes import answer_page
from infra.local.carrier.settings import Settings
from infra.local.carrier.sinks import EmulatorSink
from infra.local.carrier.timetable import ByClock
from infra.local.carrier.transport import Request, Response

HOST = "127.0.0.1"
LOCAL_NAMES = {HOST, "localhost"}
MAX_BODY_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Running:
    """A carrier that is being served."""

    carrier: Carrier
    url: str


class Handler(BaseHTTPRequestHandler):
    """Passes requests to the carrier or its pages, and does to the line what the answer asks."""

    protocol_version = "HTTP/1.1"
    server_version = "carrier"
    sys_version = ""
    # Head and body are written apart; without this the body waits 40 ms for the head's receipt.
    disable_nagle_algorithm = True
    server: "Server"

    def handle_request(self) -> None:
        """Answer any method."""
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        length = headers.get("content-length", "0")
        if urlsplit(f"//{headers.get('host', '')}").hostname not in LOCAL_NAMES:
            self._refuse(421)
        elif not length.isdecimal() or "transfer-encoding" in headers:
            self._refuse(411)
        elif int(length) > MAX_BODY_BYTES:
            self._refuse(413)
        else:
            body = self.rfile.read(int(length))
            request = Request(self.command, parts.path, headers, body, parts.query)
            carrier = self.server.carrier
            page = answer_page(request, parts.query, carrier)
            self._send(carrier.handle(request) if page is None else page)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_request

    def log_message(self, *_: object) -> None:
        """Log nothing: requests hold addresses and texts."""

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self._send(Response(status, b"", {"Connection": "close"}))

    def _send(self, response: Response) -> None:
        if response.silence_seconds:
            time.sleep(response.silence_seconds)
        if response.lost:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        with suppress(ConnectionError):
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if response.half:
                self.wfile.write(response.body[: len(response.body) // 2])
                self.close_connection = True
            elif self.command != "HEAD":
                self.wfile.write(response.body)


class Server(ThreadingHTTPServer):
    """Serves each connection on a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, carrier: Carrier) -> None:
        self.carrier = carrier
        super().__init__((HOST, port), Handler)


def _names(port: int, carrier: Carrier) -> AbstractContextManager[None]:
    """The DNS, at the same port by UDP."""
    return answering(HOST, port, lambda: txt_records(carrier.ledger.account, carrier.settings))


@contextmanager
def serving(*, port: int = 0, settings: Settings | None = None) -> Iterator[Running]:
    """Serve a carrier that plays its receipts into the emulator by the clock."""
    clock = ByClock()
    carrier = Carrier(settings, timetable=clock)
    carrier.sink = EmulatorSink(lambda: carrier.settings)
    carrier.files = EmulatorFiles(lambda: carrier.settings)
    try:
        with Server(port, carrier) as server, _names(server.server_address[1], carrier):
            thread = threading.Thread(target=server.serve_forever, name="carrier", daemon=True)
            thread.start()
            try:
                yield Running(carrier, f"http://{HOST}:{server.server_address[1]}")
            finally:
                server.shutdown()
                thread.join()
    finally:
        clock.stop()
