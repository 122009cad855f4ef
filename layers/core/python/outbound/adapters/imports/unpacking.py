"""Gzip, unpacked piece by piece: what a file may become is bounded, in all and at a time."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from outbound.domain.contact_import import LARGEST_UNPACKED
from outbound.ports import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1_000_000
MOST_GROWTH, FREELY = 200, 50_000_000
"""Text grows by a tenth of this when it is unpacked; small files may grow as they like."""
GZIP = 16 + zlib.MAX_WBITS
"""With gzip's own header: https://docs.python.org/3/library/zlib.html#zlib.decompress"""


def unpacked(pieces: Iterator[bytes], skip: int = 0) -> Iterator[bytes]:
    """What is in a gzip file, from `skip` bytes on.

    Raises:
        Unreadable: it isn't whole, or becomes too large.
    """
    taken = given = 0
    for piece, packed in _all(pieces):
        taken, given = packed, given + len(piece)
        grown = given > FREELY and given > taken * MOST_GROWTH
        if given > LARGEST_UNPACKED or grown:
            raise Unreadable("unpacks_too_large")
        if given > skip:
            yield piece[max(0, len(piece) - (given - skip)) :]


def _all(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """What is unpacked, piece by piece, and of how many bytes."""
    taken, unpacker = 0, zlib.decompressobj(GZIP)
    for piece in pieces:
        taken += len(piece)
        left = piece
        while left:
            if unpacker.eof:
                unpacker = zlib.decompressobj(GZIP)
            try:
                yield unpacker.decompress(left, PIECE), taken
            except zlib.error:
                raise Unreadable("damaged_gzip") from None
            left = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise Unreadable("damaged_gzip")
