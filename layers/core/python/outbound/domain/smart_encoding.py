"""Smart encoding: a text in GSM-7 where only its typography keeps it out.

Letters and emoji are never changed: only what people read as the same sign.
"""

from __future__ import annotations

import unicodedata

from outbound.domain.sms_text import split

_SIGNS = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02bc`\u00b4",
    '"': "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2022",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000",
    "\n": "\u0085\u2028\u2029",
    "/": "\u2044\u2215",
    "...": "\u2026",
    "": "\u00ad\u200b\u2060\ufeff",
}
"""What each sign of GSM-7 stands in for; what is invisible and joins nothing goes.

Joiners (U+200C, U+200D) and directions stay: scripts and emoji are another thing without them.
"""
_REPLACED = str.maketrans({sign: plain for plain, signs in _SIGNS.items() for sign in signs})


def smart(text: str) -> str:
    """The text with plain signs, if it is all GSM-7 then or takes fewer parts; else as it was.

    An accent that stands behind its letter is put into it (NFC): the letter looks the same.
    """
    before = split(text)
    if before.encoding == "GSM-7":
        return text
    plain = unicodedata.normalize("NFC", text).translate(_REPLACED)
    after = split(plain)
    better = after.encoding == "GSM-7" or len(after.parts) < len(before.parts)
    return plain if better else text
