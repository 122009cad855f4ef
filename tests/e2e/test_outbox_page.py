from base64 import b64decode

import pytest
from playwright.sync_api import expect

from infra.local.carrier.account import TEXTER, Account, Phone
from infra.local.carrier.files import File
from tests.e2e.deployed import eventually
from tests.e2e.pages import overflows, shoot
from tests.unit.carrier.account import FAILURE, SUCCESS, call, email, media, simple, text

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAKAAAABaCAIAAACwpMoFAAAA+klEQVR42u3boQ0AIAxFwXpGRTIwkgnwTACiAtFc"
    "gn/JP9kQc6/0a32kn+6fbhgasKEBGxowYMC6gHUB6wIGbGjAhgZsaMC6gHUB696BjVW7CxiwoQEbGjBgwLqAdQHr"
    "AgZsaMCGBmxowLqAdQHrPoCN5eBvaMCGBgwYsC5gXcC6gAEbGrChARsasC5gXcC6gP0uNJaDv6EBGxowYMC6gHUB"
    "6wIGbGjAhgZsaMC6gHUB6wL2u9BYDv6GBmxowLqAdQHrAgZsaMCGBmxowIAB6wLWBawL2O9CYzn4GxqwoQHrAtYF"
    "rAsYsKEBGxqwoQEDBqwLWBcwYEOX7h4XO2p7CvyX7AAAAABJRU5ErkJggg=="
)
HTML = """<!doctype html><body style="font-family:sans-serif;padding:1rem">
<img src="cid:logo" alt="Clinic"><h1>See you on Tuesday</h1>
<p>Dear Ann, your appointment is at <b>10:30</b>.</p>
<p><a href="https://example.com/move">Move it</a></p>
<img src="http://127.0.0.1:9/pixel.gif"><script>parent.document.title = "taken over"</script>"""
SSML = "<speak>Good morning, Ann. <break time='300ms'/> Your order is ready.</speak>"


@pytest.fixture
def full(over_http):
    attachment = {"RawContent": b"BEGIN:VCALENDAR\r\nSUMMARY:Visit", "FileName": "visit.ics"}
    logo = {"RawContent": PICTURE, "FileName": "logo.png", "ContentType": "image/png"}
    content = simple(
        Subject={"Data": "Your appointment on Tuesday"},
        Body={
            "Text": {"Data": "Dear Ann,\n\nyour appointment is at 10:30.\n"},
            "Html": {"Data": HTML},
        },
        Headers=[{"Name": "List-Unsubscribe", "Value": "<https://example.com/u/1>"}],
        Attachments=[
            {**attachment, "ContentType": "text/calendar"},
            {**logo, "ContentDisposition": "INLINE", "ContentId": "logo"},
        ],
    )
    over_http.carrier.files = lambda _: File("leaflet.png", "image/png", PICTURE)
    over_http.phone.send_media_message(**media(MessageBody="The leaflet you asked for."))
    over_http.phone.send_voice_message(**call(MessageBody=SSML, MessageBodyTextType="SSML"))
    over_http.sns.publish(PhoneNumber=FAILURE, Message="Order A-77 has shipped. 👋")
    over_http.phone.send_text_message(**text(SUCCESS))
    over_http.ses.send_email(**email("bounce@simulator.amazonses.com"))
    over_http.ses.send_email(**email("ann@example.org", Content=content))
    outbox = over_http.carrier.outbox

    def told() -> bool:
        return all(outbox.receipts(each.provider_id) for each in outbox.items())

    assert eventually(told, 120)
    return over_http.ses.meta.endpoint_url


def test_an_empty_outbox_says_so(page, running):
    page.goto(f"{running.url}/outbox")
    expect(page.get_by_role("heading", name="Nothing sent yet")).to_be_visible()
    shoot(page, "empty")


def test_messages_are_listed_newest_first_and_filtered(page, full):
    page.goto(f"{full}/outbox")
    rows = page.locator(".message")
    expect(rows).to_have_count(6)
    expect(rows.first).to_contain_text("Your appointment on Tuesday")
    expect(rows.first).to_contain_text("ann@example.org")
    page.get_by_label("Filter by").fill("order")
    page.get_by_role("button", name="Filter").click()
    expect(rows).to_have_count(4)
    expect(page.get_by_role("status")).to_contain_text("4 messages matching “order”")
    page.get_by_label("Filter by").fill("no such text")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    expect(rows).to_have_count(6)


def test_an_email_is_rendered_in_a_frame_that_can_do_nothing(page, full):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{full}/outbox")
    page.locator(".message").first.click()
    frame = page.frame_locator("iframe.mail")
    expect(frame.get_by_role("heading", name="See you on Tuesday")).to_be_visible()
    expect(page).to_have_title("Email to ann@example.org")
    for shown in (
        "your appointment is at 10:30.",
        "visit.ics",
        "<https://example.com/u/1>",
        "msg_1",
    ):
        expect(page.get_by_text(shown).and_(page.locator(":visible")).first).to_be_visible()
    local = [url for url in asked if url.startswith((full, "data:"))]
    blocked = set(asked) - set(local)
    assert blocked <= {"http://127.0.0.1:9/pixel.gif"}
    assert page.frames[1].evaluate("[...document.images].map(each => each.naturalWidth)") == [
        160,
        0,
    ]


def test_files_are_shown_and_can_be_taken(page, full):
    page.goto(f"{full}/outbox?q=ann")
    page.locator(".message").first.click()
    page.get_by_text("Show it as text").click()
    expect(page.get_by_label("visit.ics")).to_contain_text("SUMMARY:Visit")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download visit.ics").click()
    assert download.value.suggested_filename == "visit.ics"
    page.goto(f"{full}/outbox?q=leaflet")
    page.locator(".message").click()
    picture = page.get_by_role("img", name="leaflet.png")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.naturalWidth") == 160
    shoot(page, "mms")


@pytest.mark.parametrize("width", [1200, 320])
def test_a_text_can_be_answered_on_its_page(page, over_http, receipts, width):
    topic = "arn:aws:sns:us-east-1:000000000000:inbound"
    heard = {"two_way": True, "two_way_topic": topic, "own_opt_outs": True}
    over_http.carrier.ledger.change(
        lambda _: Account(phone=Phone(numbers=(TEXTER.model_copy(update=heard),)))
    )
    over_http.sns.publish(PhoneNumber=SUCCESS, Message="10 % off until Sunday.")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{over_http.ses.meta.endpoint_url}/outbox")
    page.locator(".message").click()
    page.get_by_label("Answer as").fill("please stop")
    page.keyboard.press("Enter")
    expect(page.locator(".reply")).to_have_text("please stop")
    expect(page.get_by_text(f"Published to {topic}")).to_be_visible()
    assert [each.body["messageBody"] for each in receipts if each.outcome == "INBOUND"] == [
        "please stop"
    ]
    assert not overflows(page)
    shoot(page, f"reply-{width}")


def test_a_call_shows_what_is_spoken(page, full):
    page.goto(f"{full}/outbox?q=Good+morning")
    page.locator(".message").click()
    expect(page.locator(".spoken")).to_have_text("Good morning, Ann. Your order is ready.")
    expect(page.get_by_label("SSML")).to_have_text(SSML)
    expect(page.locator(".receipts .pill").last).to_have_text("Voice completed")


def test_a_receipt_can_be_read_in_full(page, full):
    page.goto(f"{full}/outbox?q=bounce")
    expect(page.locator(".message .pill")).to_have_text("Bounce")
    page.locator(".message").click()
    page.get_by_text("What the provider says").click()
    expect(page.get_by_text('"bounceType": "Permanent"')).to_be_visible()


def test_the_keyboard_reaches_everything(page, full):
    page.goto(f"{full}/outbox")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.locator(".message").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment on Tuesday")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_pages_fit_the_screen(page, full, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("outbox", "appointment", "Good+morning", "leaflet"):
        page.goto(f"{full}/outbox" + ("" if name == "outbox" else f"?q={name}"))
        if name != "outbox":
            page.locator(".message").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not overflows(page)
        shoot(page, f"{name}-{width}-{scheme}")
