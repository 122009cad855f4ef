"""What a message is billed by, what it is expected to cost, and whether that is too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain import sms_text, speech, ssml
from outbound.domain.address_rules import country
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.price import Size, estimate, over_cap
from outbound.domain.voices import voice_for
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from outbound.domain.address import Address
    from outbound.domain.price import Caps, Price, PriceList
    from outbound.flow.pinning import Pinned


@dataclass(frozen=True, slots=True)
class Terms:
    """What the environment has settled: prices, the most to pay, the voice that calls usually."""

    prices: PriceList
    caps: Caps
    voice: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Encoding and parts of a text, or voice and seconds of a call; the price if it is known."""

    sms: tuple[str, int] | None
    voice: tuple[str, int] | None
    price: Price | None


def measure(
    pinned: Pinned, bodies: Mapping[str, str], address: Address, terms: Terms, *, media: bool
) -> Measured:
    """Measure the rendered bodies, which are known to be well-formed, on their way to an address.

    `media` is whether a text has a file with it.

    Raises:
        Refusal: the call would be too long, or AWS would take more than the environment allows.
    """
    channel = pinned.content.channel
    if channel is Channel.EMAIL:
        return measure_email(terms)
    sms = _text(bodies["text"], media=media) if channel is Channel.SMS else None
    voice = _call(pinned, bodies, terms.voice) if channel is Channel.VOICE else None
    size = Size(parts=sms[1] if sms else 0, seconds=voice[1] if voice else 0, media=media)
    destination = country(address)
    over = over_cap(terms.prices, terms.caps, channel, destination, size)
    if over is not None:
        raise _too_expensive(channel, *over)
    return Measured(sms, voice, estimate(terms.prices, channel, destination, size))


def measure_email(terms: Terms) -> Measured:
    """Of an email, whatever it says: attachments are measured where they are sent."""
    return Measured(None, None, estimate(terms.prices, Channel.EMAIL, None, Size()))


def _text(body: str, *, media: bool) -> tuple[str, int]:
    """A text with a file is never split."""
    text = sms_text.split(body)
    return text.encoding, 1 if media else len(text.parts)


def _call(pinned: Pinned, bodies: Mapping[str, str], default: str) -> tuple[str, int]:
    name, body = next(iter(bodies.items()))
    script = ssml.read(body).script if name == "ssml" else speech.Script((speech.Piece(body),))
    seconds = speech.seconds(script)
    if seconds > speech.LONGEST_CALL:
        message = (
            f"{name} takes about {seconds} seconds to say; a call takes {speech.LONGEST_CALL}."
        )
        raise refused_at(f"{pinned.pointer}/{name}", "invalid_content", message)
    return voice_for(pinned.content.voice, default).id, seconds


def _too_expensive(channel: Channel, price: Decimal, cap: Decimal) -> Refusal:
    what = "A minute of a call" if channel is Channel.VOICE else "This text with all its parts"
    message = (
        f"{what} costs {price:.5f} USD in the country of this number; "
        f"the environment allows {cap:.5f}."
    )
    return refused_at("/to", "price_over_cap", message)
