"""The DNS of the account's domains: TXT records over UDP, on this machine only."""

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from dns import flags, message, rcode, rdatatype
from dns.exception import DNSException
from dns.rrset import from_text

Records = Callable[[], Mapping[str, tuple[str, ...]]]


def answer(query: bytes, records: Mapping[str, tuple[str, ...]]) -> bytes | None:
    """Answer a query; what isn't one gets no answer."""
    try:
        asked = message.from_wire(query)
        question = asked.question[0]
    except (DNSException, IndexError):
        return None
    told = message.make_response(asked)
    told.flags |= flags.AA
    name = question.name.to_text(omit_final_dot=True).lower()
    if name not in records:
        told.set_rcode(rcode.NXDOMAIN)
    elif question.rdtype == rdatatype.TXT:
        quoted = [f'"{text}"' for text in records[name]]
        told.answer.append(from_text(question.name, 60, "IN", "TXT", *quoted))
    return told.to_wire()


@contextmanager
def answering(host: str, port: int, records: Records) -> Iterator[None]:
    """Answer queries meanwhile."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            query, line = self.request
            told = answer(query, records())
            if told is not None:
                line.sendto(told, self.client_address)

    with socketserver.ThreadingUDPServer((host, port), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, name="dns", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
