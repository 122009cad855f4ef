"""What the flow needs from outside, as Protocols: stores, queue, channels, clock."""

from outbound.ports.carriers import Carrier, Outgoing, Signals
from outbound.ports.catalog import Claim, Idempotency, KeyPage, Keys, Stops, Templates
from outbound.ports.clock import Clock, Tokens
from outbound.ports.contacts import AddressShared, Contacts, Known, Slots
from outbound.ports.erasures import Erasures
from outbound.ports.inbound import LastWords, Programmes, Speakers, Tenants
from outbound.ports.ledger import Ledger, Written
from outbound.ports.media import MediaCatalog, MediaFiles, MediaGone, UploadForm
from outbound.ports.messages import Claimed, Correlation, Cursor, Messages, Page
from outbound.ports.queues import HeldReceipts, Queue
from outbound.ports.rendering import MissingVariable, Renderer, TemplateFault
from outbound.ports.suppressions import SuppressionPage, Suppressions

__all__ = [
    "AddressShared",
    "Carrier",
    "Claim",
    "Claimed",
    "Clock",
    "Contacts",
    "Correlation",
    "Cursor",
    "Erasures",
    "HeldReceipts",
    "Idempotency",
    "KeyPage",
    "Keys",
    "Known",
    "LastWords",
    "Ledger",
    "MediaCatalog",
    "MediaFiles",
    "MediaGone",
    "Messages",
    "MissingVariable",
    "Outgoing",
    "Page",
    "Programmes",
    "Queue",
    "Renderer",
    "Signals",
    "Slots",
    "Speakers",
    "Stops",
    "SuppressionPage",
    "Suppressions",
    "TemplateFault",
    "Templates",
    "Tenants",
    "Tokens",
    "UploadForm",
    "Written",
]
