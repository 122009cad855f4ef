"""Short links and pages of files on the way: as long at intake as they are when they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.adapters.links import SignedLinks
from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content, Enclosed
from outbound.domain.errors import Refusal
from outbound.domain.link import MediaLink
from outbound.domain.media import MediaState
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.short_link import token_of
from outbound.domain.words import Channel
from outbound.flow.deliver import deliver
from outbound.flow.intake import accept, rehearse
from outbound.flow.recipient import To
from tests.builders import EMAIL, PHONE, make_key, make_media, make_request, ref_of
from tests.memory.world import PAGES_URL, SECRET

FRENCH = replace(PHONE, value="+33612345678")
TARGET = "https://shop.example.com/spring?from=text"
MEDIA = make_media(state=MediaState.READY)


@pytest.fixture
def world(world):
    world.renderer = JinjaRenderer()
    world.media.insert(MEDIA)
    return world


def text(body, **enclosed):
    return Content(Channel.SMS, {"text": body}, Enclosed(**enclosed))


def send(world, content, to=PHONE, **changes):
    """What was said at intake, and what left."""
    request = make_request(content=content, channel=content.channel, to=To(address=to), **changes)
    rehearsed = rehearse(request, make_key(), world.intake)
    message = accept(request, make_key(), world.intake).message
    deliver(ref_of(message), world.deliver)
    return rehearsed, message, world.carrier.sent[-1]


def test_a_link_is_short_and_as_long_as_was_said(world):
    short = f'{{{{ "{TARGET}"|short }}}}'
    said, message, sent = send(world, text(f"Now: {short} and {short}"))
    token = token_of(SECRET, ref_of(message))
    link = f"{PAGES_URL}/l/{token}0"
    assert sent.bodies["text"] == f"Now: {link} and {link}"
    assert len(said.bodies["text"]) == len(sent.bodies["text"])
    assert token not in said.bodies["text"]
    linked = world.short_links.get(token)
    assert (linked.ref, linked.targets) == (ref_of(message), (TARGET,))


def test_a_message_without_links_writes_none(world):
    send(world, text("Nothing to see."))
    assert world.short_links.writes == 0


def test_a_message_that_is_tried_again_has_the_same_links(world):
    content = text(f'{{{{ "{TARGET}"|short }}}}')
    world.carrier.answer(Outcome(Kind.TEMPORARY, "Throttled"))
    _, message, first = send(world, content)
    world.clock.advance(timedelta(hours=1))
    deliver(ref_of(message), world.deliver)
    assert world.carrier.sent[-1].bodies == first.bodies
    assert world.carrier.calls == 2
    assert len(world.short_links.linked) == 1


def test_links_are_written_before_the_message_leaves(world):
    seen = []
    world.carrier.meanwhile = lambda outgoing: seen.append(len(world.short_links.linked))
    send(world, text(f'{{{{ "{TARGET}"|short }}}}'))
    assert seen == [1]


def test_a_link_may_come_from_the_data(world):
    _, message, _ = send(world, text("{{ link|short }}"), data={"link": TARGET})
    assert world.short_links.get(token_of(SECRET, ref_of(message))).targets == (TARGET,)


@pytest.mark.parametrize(
    "body",
    [
        '{{ "http://example.com"|short }}',
        '{{ "javascript:alert(1)"|short }}',
        "{{ 5|short }}",
        '{{ "med_1"|media_page }}',
        "{{ 'x'|media_page }}",
        "{% for n in [1,2,3,4,5,6,7,8] %}{% for m in [1,2,3,4,5,6,7,8] %}"
        '{{ ("https://example.com/" ~ n ~ m)|short }}{% endfor %}{% endfor %}',
    ],
)
def test_what_can_be_no_link_is_refused_without_repeating_it(world, body):
    before = world.snapshot()
    with pytest.raises(Refusal) as refused:
        accept(make_request(content=text(body)), make_key(), world.intake)
    (fault,) = refused.value.faults
    assert (fault.pointer, fault.code) == ("/content/text", "invalid_link")
    assert "example.com" not in fault.message
    assert world.snapshot() == before


def test_a_call_has_no_links(world):
    content = Content(Channel.VOICE, {"text": f'{{{{ "{TARGET}"|short }}}}'})
    with pytest.raises(Refusal) as refused:
        rehearse(make_request(content=content, channel=Channel.VOICE), make_key(), world.intake)
    assert refused.value.code == "invalid_link"


def test_a_text_links_to_the_page_of_a_file_in_short(world):
    said, message, sent = send(world, text(f'Listen: {{{{ "{MEDIA.id}"|media_page }}}}'))
    token = token_of(SECRET, ref_of(message))
    assert sent.bodies["text"] == f"Listen: {PAGES_URL}/l/{token}0"
    assert world.short_links.get(token).targets == (MEDIA.id,)
    assert len(said.bodies["text"]) == len(sent.bodies["text"])


def test_an_email_links_to_it_by_signature_and_writes_nothing(world):
    links = SignedLinks(["a key"], PAGES_URL)
    bodies = {"subject": "Film", "text": f'{{{{ "{MEDIA.id}"|media_page }}}}'}
    content = Content(Channel.EMAIL, bodies)
    request = make_request(content=content, channel=Channel.EMAIL, to=To(address=EMAIL))
    message = accept(request, make_key(), world.intake).message
    ports = replace(world.deliver, channel=Channel.EMAIL, links=links)
    deliver(ref_of(message), ports)
    url = world.carrier.sent[-1].bodies["text"]
    assert url.startswith(f"{PAGES_URL}/m/")
    assert links.read_media(url.rpartition("/")[2]) == MediaLink(MEDIA.tenant, MEDIA.id)
    assert world.short_links.writes == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (None, "media_not_found"),
        ({"tenant": "other", "state": MediaState.READY}, "media_not_found"),
        ({}, "media_not_ready"),
        ({"state": MediaState.REJECTED}, "media_not_ready"),
    ],
)
def test_a_page_needs_a_file_that_is_there(world, changes, code):
    if changes is not None:
        world.media.insert(make_media(id="med_" + "1" * 20, **changes))
    body = f'{{{{ "med_{"1" * 20}"|media_page }}}}'
    with pytest.raises(Refusal) as refused:
        accept(make_request(content=text(body)), make_key(), world.intake)
    assert refused.value.code == code


def test_a_text_takes_its_file_along_where_it_can(world):
    _, message, sent = send(world, text("The menu", media_id=MEDIA.id, or_page=True))
    assert sent.bodies["text"] == "The menu"
    assert (sent.enclosed.media_id, set(sent.media)) == (MEDIA.id, {MEDIA.id})
    assert message.sms == ("GSM-7", 1)
    assert world.short_links.writes == 0


@pytest.mark.parametrize(
    ("to", "changes", "mms"),
    [
        (FRENCH, {}, True),
        (PHONE, {}, False),
        (PHONE, {"size": 3_000_000}, True),
        (PHONE, {"type": "image/webp"}, True),
        (PHONE, {"type": "video/mp4", "size": 90_000_000}, True),
    ],
)
def test_it_links_to_the_page_where_it_cannot(world, to, changes, mms):
    world.mms = mms
    world.media.announced[MEDIA.tenant, MEDIA.id] = replace(MEDIA, **changes)
    said, message, sent = send(world, text("The menu\n", media_id=MEDIA.id, or_page=True), to)

    token = token_of(SECRET, ref_of(message))
    assert sent.bodies["text"] == f"The menu\n{PAGES_URL}/l/{token}0"
    assert len(said.bodies["text"]) == len(sent.bodies["text"])
    assert (sent.enclosed.media_id, dict(sent.media)) == (None, {})
    assert world.short_links.get(token).targets == (MEDIA.id,)
    assert message.sms == ("GSM-7", 1)


def test_a_text_that_has_the_link_already_gets_no_second(world):
    body = f'See {{{{ "{MEDIA.id}"|media_page }}}}.'
    _, message, sent = send(world, text(body, media_id=MEDIA.id, or_page=True), FRENCH)
    assert sent.bodies["text"] == f"See {PAGES_URL}/l/{token_of(SECRET, ref_of(message))}0."


def test_without_a_fallback_it_is_refused_as_before(world):
    content = text("The menu", media_id=MEDIA.id)
    with pytest.raises(Refusal) as refused:
        rehearse(make_request(content=content, to=To(address=FRENCH)), make_key(), world.intake)
    assert refused.value.code == "mms_not_available"


def test_a_text_that_is_too_long_with_the_link_is_refused(world):
    content = text("x" * 1590, media_id=MEDIA.id, or_page=True)
    with pytest.raises(Refusal) as refused:
        rehearse(make_request(content=content, to=To(address=FRENCH)), make_key(), world.intake)
    assert [each.pointer for each in refused.value.faults] == ["/content/text"]


def test_no_template_can_name_the_maker_of_links(world):
    for body in ("{{ links }}", '{{ ("#links")|short }}', "{{ self }}"):
        with pytest.raises(Refusal):
            rehearse(make_request(content=text(body)), make_key(), world.intake)
