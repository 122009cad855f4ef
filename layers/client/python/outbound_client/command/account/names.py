"""What the DNS says of the sender's domain."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol

from outbound_client.command.account.collect import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WALK = 8
SECONDS = 6.0


class Resolver(Protocol):
    """Looks names up."""

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name; none if it has none or doesn't exist."""
        ...


@dataclass(frozen=True, slots=True)
class Dns:
    """The DNS, by way of this machine's name servers or of one other.

    `nameserver` is an IP address, with or without a port: `9.9.9.9`, `127.0.0.1:4570`.
    """

    nameserver: str | None = None

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name.

        Raises:
            DNSException: there is no answer.
        """
        from dns.resolver import NXDOMAIN, NoAnswer, Resolver

        stub = Resolver(configure=self.nameserver is None)
        if self.nameserver is not None:
            host, port = _host_and_port(self.nameserver)
            stub.nameservers, stub.port = [host], port
        stub.lifetime = SECONDS
        try:
            found = stub.resolve(name, "TXT", search=False)
        except (NXDOMAIN, NoAnswer):
            return []
        return [b"".join(record.strings).decode("utf-8", "replace") for record in found]


def is_nameserver(text: str) -> bool:
    """Tell whether a text is an address, with or without a port."""
    try:
        _host_and_port(text)
    except ValueError:
        return False
    return True


def _host_and_port(text: str) -> tuple[str, int]:
    try:
        return str(ip_address(text)), 53
    except ValueError:
        host, _, port = text.rpartition(":")
        return str(ip_address(host.strip("[]"))), int(port)


def questions(resolver: Resolver, domain: str) -> dict[str, Question]:
    """The question for the domain's DMARC policy."""
    return {"dns.dmarc": Question("an answer of the DNS", lambda: policies(resolver, domain))}


def spf_question(resolver: Resolver, mail_from: str) -> dict[str, Question]:
    """The question for the SPF policy of the domain that bounces return to."""
    return {"dns.spf": Question("an answer of the DNS", lambda: resolver.texts(mail_from))}


def policies(resolver: Resolver, domain: str) -> dict[str, list[str]]:
    """The DMARC records that hold for the domain, by the name they stand at (RFC 9989, 4.10).

    Its own, else those of its organisational domain: the shortest name above that has any, or the
    first that says `psd=n`.
    """
    found: dict[str, list[str]] = {}
    for name in walk(domain):
        records = [text for text in resolver.texts(f"_dmarc.{name}") if is_dmarc(text)]
        if records:
            found = {name: records}
            if name == domain or "psd=n" in records[0].replace(" ", ""):
                break
    return found


def walk(domain: str) -> Iterator[str]:
    """The domain and those above it, as a receiver looks for a policy: at most eight.

    Of a longer name all but the last seven labels are left out after the first look. The walk ends
    before the top-level domain: that one's policy would be its registry's.
    """
    labels = domain.rstrip(".").split(".")
    yield ".".join(labels)
    above = labels[max(1, len(labels) - (LONGEST_WALK - 1)) :]
    for at in range(len(above) - 1):
        yield ".".join(above[at:])


def is_dmarc(text: str) -> bool:
    """Tell whether a TXT record is one of DMARC; others are ignored where one is looked for."""
    version = text.partition(";")[0].replace(" ", "").replace("\t", "")
    return version == "v=DMARC1"
