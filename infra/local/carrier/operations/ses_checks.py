"""What SES checks besides its service model."""

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr

from infra.local.carrier.errors import CallRefused
from infra.local.carrier.operations.ses_content import Content
from infra.local.carrier.parse import SES, refusal
from infra.local.carrier.settings import Settings

MAX_RECIPIENTS = 50
MAX_MESSAGE_BYTES = 40 * 1024 * 1024
ADDRESS = re.compile(r"[!-?A-~]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+")
TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")


def ses_id(now: datetime, unique: str) -> str:
    """Make an id that looks like those of SES."""
    return f"0100{int(now.timestamp() * 1000):012x}-{unique}-000000"


def plain_address(address: str) -> str:
    """Strip the display name from an address; what is not an address is refused."""
    plain = parseaddr(address)[1]
    if "\r" in address or "\n" in address or not ADDRESS.fullmatch(plain):
        raise refusal(SES, "Invalid email address.")
    return plain


def recipients_of(
    destination: dict[str, list[str]],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """List the plain addresses of To, Cc and Bcc."""
    to, cc, bcc = (
        tuple(plain_address(one) for one in destination.get(kind) or ())
        for kind in ("ToAddresses", "CcAddresses", "BccAddresses")
    )
    return to, cc, bcc


def check_recipients(destination: dict[str, list[str]]) -> None:
    """Refuse a message to nobody or to too many."""
    count = sum(len(addresses) for addresses in recipients_of(destination))
    if count == 0:
        raise refusal(SES, "The message has no recipients.")
    if count > MAX_RECIPIENTS:
        raise refusal(SES, f"Recipient count exceeds {MAX_RECIPIENTS}.")


def check_identity(sender: str, settings: Settings) -> None:
    """Refuse a sender that is neither a verified address nor of a verified domain."""
    address = plain_address(sender)
    domain = address.rpartition("@")[2].lower()
    verified = {identity.lower() for identity in settings.identities}
    parents = {domain[at:] for at in range(len(domain)) if at == 0 or domain[at - 1] == "."}
    if address.lower() not in verified and not verified & parents:
        raise CallRefused(
            "MessageRejected",
            "Email address is not verified. The following identities failed the check in region "
            f"{settings.region.upper()}: {address}",
        )


def check_configuration_set(name: str | None, settings: Settings) -> str | None:
    """Refuse a configuration set that does not exist."""
    if name is not None and name not in settings.configuration_sets:
        raise CallRefused("NotFoundException", f"Configuration set <{name}> does not exist.")
    return name


def check_size(content: Content) -> None:
    """Refuse a message that is too long for SES."""
    if content.size > MAX_MESSAGE_BYTES:
        raise CallRefused(
            "MessageRejected", f"Message length is more than {MAX_MESSAGE_BYTES} bytes long."
        )


def tags_of(*groups: Iterable[dict[str, str]]) -> dict[str, str]:
    """Read message tags; a later group replaces values of an earlier one."""
    tags = {}
    for tag in (tag for group in groups for tag in group):
        if not TAG.fullmatch(tag["Name"]):
            raise refusal(SES, f"Invalid tag name <{tag['Name']}>.")
        if not TAG.fullmatch(tag["Value"]):
            raise refusal(SES, f"Invalid tag value <{tag['Value']}>.")
        tags[tag["Name"]] = tag["Value"]
    return tags
