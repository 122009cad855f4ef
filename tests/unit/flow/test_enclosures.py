from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.content import Attachment, Content, Enclosed
from outbound.domain.errors import Refusal
from outbound.domain.media import MediaState
from outbound.domain.message import Status
from outbound.domain.words import Channel
from outbound.flow.deliver import deliver
from outbound.flow.intake import accept, rehearse
from outbound.flow.recipient import To
from tests.builders import PNG, make_key, make_media, make_request
from tests.memory.clock import START

ID = "med_00000000000000000001"
FILE = Enclosed(attachments=(Attachment(None, None, media_id=ID),))
PICTURE = Enclosed(attachments=(Attachment(None, None, media_id=ID, content_id="logo"),))
MMS = Enclosed(media_id=ID)


@pytest.fixture
def media(world):
    """Puts a file into the stores, ready unless it is said to be otherwise."""

    def put(**changes):
        media = make_media(**{"state": MediaState.READY, **changes})
        world.media.insert(media)
        world.files.kept[f"{media.tenant}/{media.id}"] = PNG
        return media

    return put


def email(enclosed, **changes):
    bodies = {"subject": "Menu", "text": "The menu.", **changes}
    return make_request(
        channel=Channel.EMAIL, content=Content(Channel.EMAIL, bodies, enclosed), data={}
    )


def text(enclosed, **changes):
    content = Content(Channel.SMS, {"text": "The menu. " * 30}, enclosed)
    return make_request(content=content, data={}, **changes)


def refusal(world, request):
    before = world.snapshot()
    with pytest.raises(Refusal) as refused:
        accept(request, make_key(), world.intake)
    assert world.snapshot() == before
    (fault,) = refused.value.faults
    return refused.value.code, fault.pointer


def test_an_email_with_a_file_that_is_ready_is_accepted(world, media):
    media()
    message = accept(email(FILE), make_key(), world.intake).message
    claimed = world.messages.claim(world.queue.queued[0][2], now=START, lease=timedelta(seconds=60))

    assert message.status is Status.ACCEPTED
    assert claimed.body.content.enclosed == FILE
    assert world.files.looked_at == 0


def test_a_file_that_was_just_uploaded_is_looked_at_first(world):
    world.media.insert(make_media())
    world.files.incoming[f"acme/{ID}"] = PNG

    accept(email(FILE), make_key(), world.intake)

    assert world.media.get("acme", ID, START).state is MediaState.READY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tenant": "other"}, "media_not_found"),
        ({"expires_at": START}, "media_not_found"),
        ({"state": MediaState.WAITING}, "media_not_ready"),
        ({"state": MediaState.REJECTED}, "media_not_ready"),
        ({"expires_at": START + timedelta(hours=23)}, "media_expires_first"),
    ],
)
def test_a_file_that_cannot_be_sent_is_refused_at_its_place(world, media, changes, code):
    media(**changes)
    assert refusal(world, email(FILE)) == (code, "/content/attachments/0/media_id")
    assert refusal(world, text(MMS)) == (code, "/content/media/media_id")


@pytest.mark.parametrize(
    ("html", "pointer"),
    [
        ('<img src="cid:logo"><img src="cid:other">', "/content/html"),
        ("<p>cid:logo</p>", "/content/attachments/0/content_id"),
    ],
)
def test_pictures_and_references_must_fit(world, media, html, pointer):
    media()
    assert refusal(world, email(PICTURE, html=html)) == ("invalid_content", pointer)


@pytest.mark.parametrize(
    "html",
    ['<img src="cid:logo">', "<img src=cid:logo>", "<p style=\"background:url('cid:logo')\">"],
)
def test_a_picture_that_is_referred_to_is_accepted(world, media, html):
    media()
    assert accept(email(PICTURE, html=html), make_key(), world.intake)


def test_an_html_without_pictures_may_not_refer_to_one(world):
    request = email(Enclosed(), html='<img src="cid:logo">')
    assert refusal(world, request) == ("invalid_content", "/content/html")


def test_files_that_make_an_email_too_large_are_refused(world, media):
    media(size=15_000_000)
    media(id="med_00000000000000000002", size=15_000_000)
    both = Enclosed(
        attachments=(*FILE.attachments, Attachment(None, None, "med_00000000000000000002"))
    )
    assert refusal(world, email(both)) == ("message_too_large", "/content/attachments")
    assert accept(email(FILE), make_key(), world.intake)


def test_data_over_100_kb_in_all_is_refused(world):
    data = Attachment("a.txt", "text/plain", data="YWFh" * 17_000)
    request = email(Enclosed(attachments=(data, data)))
    assert refusal(world, request) == ("message_too_large", "/content/attachments")


def test_a_text_with_a_file_is_one_part_of_unknown_price(world, media):
    media()
    message = accept(text(MMS), make_key(), world.intake).message
    assert message.sms is not None
    assert (message.sms[1], message.price) == (1, None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type": "application/zip", "name": "menu.zip"}, "invalid_content"),
        ({"size": 2_000_001}, "message_too_large"),
        ({"size": 600_001, "type": "application/pdf", "name": "menu.pdf"}, "message_too_large"),
    ],
)
def test_a_text_takes_only_the_files_that_carriers_take(world, media, changes, code):
    media(**changes)
    assert refusal(world, text(MMS)) == (code, "/content/media/media_id")


def test_a_text_with_a_file_needs_a_provider_and_a_country_that_take_it(world, media):
    media()
    abroad = text(MMS, to=To(address=Address("phone", "+436641234567")))
    assert refusal(world, abroad) == ("mms_not_available", "/content/media")
    world.mms = False
    assert refusal(world, text(MMS)) == ("mms_not_available", "/content/media")


def test_a_dry_run_checks_files_too(world):
    with pytest.raises(Refusal, match="media_not_found"):
        rehearse(email(FILE), make_key(), world.intake)


def test_what_leaves_has_its_files(world, media):
    found = media()
    accept(text(MMS), make_key(), world.intake)
    deliver(world.queue.queued[0][2], world.deliver)

    (sent,) = world.carrier.sent
    assert (sent.enclosed, sent.media) == (MMS, {ID: found})


def test_a_message_whose_file_is_gone_fails_and_says_so(world, media):
    media()
    message = accept(text(MMS), make_key(), world.intake).message
    world.media.delete(world.media.announced["acme", ID])
    ref = world.queue.queued[0][2]
    deliver(ref, world.deliver)

    assert world.carrier.calls == 0
    entry = world.messages.kept[ref].timeline[-1]
    assert (entry.status, entry.reason) == (Status.FAILED, "media_gone")
    assert message.id == ref.id
