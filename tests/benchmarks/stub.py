"""A tape, played over HTTP by a process of its own: so what requests take counts, and AWS doesn't.

`python -m tests.benchmarks.stub <tape>` prints its port and answers until it is stopped.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.replay import Tape, place

if TYPE_CHECKING:
    from collections.abc import Iterator

PATHS = {
    "/v2/email/outbound-emails": "SendEmail",
    "/v2/email/outbound-bulk-emails": "SendBulkEmail",
}


@contextmanager
def serving(*tapes: Tape) -> Iterator[str]:
    """The address at which the tapes answer; what several know, the first says."""
    answers = {name: kept for tape in reversed(tapes) for name, kept in tape.answers.items()}
    with TemporaryDirectory() as folder:
        path = Path(folder, "tape")
        path.write_bytes(pickle.dumps(answers))
        command = [sys.executable, "-m", __name__, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
            finally:
                server.terminate()


class _Player(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    tape = Tape()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        target: str = self.headers.get("X-Amz-Target") or PATHS[self.path]
        status, headers, content = self.tape.next(place(target.rpartition(".")[2], body))
        self.send_response_only(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Answer what is asked, in as many threads as there are connections."""
    _Player.tape = Tape(pickle.loads(Path(sys.argv[1]).read_bytes()))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Player)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
