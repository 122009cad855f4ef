"""Links: made by us alone, for one use, without a name in them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.links import SignedLinks
from outbound.domain.link import Link, Use
from outbound.domain.words import Channel, Purpose

LINK = Link(
    Use.UNSUBSCRIBE, "clinic", "a" * 26, "b" * 16, Channel.EMAIL, Purpose.MARKETING, "offers"
)
OLD, BOTH = SignedLinks(["old"], ""), SignedLinks(["new", "old"], "https://pages.example.com/")


@given(
    st.builds(
        Link,
        use=st.sampled_from(Use),
        tenant=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True),
        address_key=st.just("a" * 26),
        contact_key=st.just("b" * 16),
        channel=st.sampled_from(Channel),
        purpose=st.sampled_from(Purpose),
        topic=st.none() | st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True),
        asked_at=st.none() | st.just(datetime(2026, 11, 23, tzinfo=UTC)),
        region=st.none() | st.just("US-WA"),
    )
)
def test_a_link_is_read_as_it_was_made_and_is_short(link):
    token = BOTH.token(link)
    assert BOTH.read(token, link.use) == link
    assert len(token) < 300
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


def test_it_leads_to_the_page_of_its_use():
    assert BOTH.url(LINK) == f"https://pages.example.com/u/{BOTH.token(LINK)}"


def test_a_link_for_one_use_is_none_for_another():
    assert BOTH.read(BOTH.token(LINK), Use.PREFERENCES) is None


def test_links_outlive_the_key_that_made_them_as_long_as_it_is_kept():
    assert BOTH.read(OLD.token(LINK), Use.UNSUBSCRIBE) == LINK
    assert OLD.read(BOTH.token(LINK), Use.UNSUBSCRIBE) is None


@given(st.data())
def test_no_other_text_is_a_link(data):
    token = BOTH.token(LINK)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda each: each != token[place]))
    changed = token[:place] + other + token[place + 1 :]
    # The last character of base64 has bits that say nothing.
    assert BOTH.read(changed, Use.UNSUBSCRIBE) in (None, LINK)
    value, _, signature = token.partition(".")
    forged = base64.urlsafe_b64encode(b"other" + base64.urlsafe_b64decode(value + "=="))
    assert BOTH.read(f"{forged.decode().rstrip('=')}.{signature}", Use.UNSUBSCRIBE) is None


@given(st.text(max_size=500))
def test_whatever_is_sent_is_no_link_and_no_error(text):
    assert BOTH.read(text, Use.UNSUBSCRIBE) is None
