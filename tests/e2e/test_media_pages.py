"""Pages of files in a browser, by the links of messages that were really sent."""

from __future__ import annotations

import base64
import io
import math
import re
import struct
import wave
import zlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.deployed import eventually, outbox
from tests.e2e.pages import overflows, shoot

if TYPE_CHECKING:
    from playwright.sync_api import Page

SLOW = 180
"""Seconds: the emulator starts a function in some of them."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
VTT = b"WEBVTT\n\n00:00.000 --> 00:10.000\nWe expect you on Monday at ten.\n"
TRANSCRIPT = "We expect you on Monday at ten.\nBring your card."
# A second of a clock hand on a canvas, as the browser itself records it.
RECORD = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 360];
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: "video/webm;codecs=vp8"});
  const chunks = [];
  recorder.ondataavailable = event => chunks.push(event.data);
  const done = new Promise(resolve => { recorder.onstop = resolve; });
  recorder.start();
  for (let turn = 0; turn < 30; turn++) {
    pen.fillStyle = "#0b57c2"; pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = "#fff"; pen.fillRect(300 + turn * 4, 40, 16, 280);
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
  recorder.stop();
  await done;
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
}"""


def picture(width: int = 640, height: int = 360) -> bytes:
    """A PNG of a slope of blue."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    rows = b"".join(
        b"\0" + b"".join(bytes((11, 60 + 150 * x // width, 194)) for x in range(width))
        for _ in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def sound() -> bytes:
    """A second of a tone, as WAV."""
    written = io.BytesIO()
    with wave.open(written, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(
            b"".join(struct.pack("<h", int(9000 * math.sin(n / 3))) for n in range(8000))
        )
    return written.getvalue()


@pytest.fixture
def film(page: Page) -> bytes:
    return base64.b64decode(page.evaluate(RECORD))


@pytest.fixture
def link_of(run, client):
    """Sends a text that links to the page of a file; gives the link as it arrived."""

    def link_of(media_id: str, **content: Any) -> str:
        message = client.send_message(
            to={"phone": "+14255550133"},
            channel="sms",
            purpose="transactional",
            content={"text": f'Look: {{{{ "{media_id}"|media_page }}}}'} | content,
        )

        def arrived() -> list[dict[str, Any]]:
            sent = [message.id, client.get_message(message.id)]
            provider = sent[1].provider
            return [each for each in outbox(run) if provider and each["provider_id"] == provider.id]

        assert eventually(lambda: bool(arrived()), SLOW)
        [link] = re.findall(r"https?://\S+", arrived()[0]["text"])
        # The emulator takes its time for a function's first event.
        assert httpx.get(link, timeout=SLOW, follow_redirects=True).status_code == 200
        return str(link)

    return link_of


def check(page: Page, name: str) -> None:
    """Nobody is kept out, on a wide screen or a small one, by day or by night."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["help"]) for each in found] == []
    for width, height in ((1200, 900), (320, 700)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light" if width > 320 else "dark")
        assert not overflows(page)
        shoot(page, f"{name}-{width}")


def test_a_film_plays_with_captions_poster_and_transcript(client, page, film, link_of):
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    poster = client.upload_media("poster.png", picture(), type="image/png")
    captions = client.upload_media("captions.vtt", VTT, type="text/vtt")
    said = {
        "title": "Your appointment",
        "transcript": TRANSCRIPT,
        "captions_id": captions.id,
        "poster_id": poster.id,
        "language": "en",
    }
    media = client.upload_media("film.webm", film, type="video/webm", page=said)
    assert media.state == "ready"

    page.goto(link_of(media.id))

    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment")
    check(page, "media-film")
    video = page.locator("video")
    assert video.evaluate("async video => { video.muted = true; await video.play(); return true }")
    assert video.evaluate("video => video.videoWidth") == 640
    page.wait_for_function("document.querySelector('track').readyState === 2")
    cues = "document.querySelector('video').textTracks[0].cues[0].text"
    assert page.evaluate(cues) == "We expect you on Monday at ten."
    expect(page.get_by_text("Bring your card.")).to_be_visible()
    assert problems == []


def test_a_recording_plays(client, page, link_of):
    said = {"title": "A call for you", "transcript": TRANSCRIPT, "language": "en"}
    media = client.upload_media("call.wav", sound(), type="audio/wav", page=said)
    page.goto(link_of(media.id))
    check(page, "media-recording")
    audio = page.locator("audio")
    assert audio.evaluate("async audio => { audio.muted = true; await audio.play(); return true }")
    assert round(audio.evaluate("audio => audio.duration")) == 1


@pytest.mark.parametrize(
    ("locale", "said"), [("en-US", "From "), ("es", "De "), ("fr", "De "), ("de", "Von ")]
)
def test_a_picture_is_shown_in_the_readers_language(client, browser, link_of, locale, said):
    media = client.upload_media("menu.png", picture(), type="image/png", page={"title": "Menu"})
    link = link_of(media.id)
    context = browser.new_context(locale=locale, java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    assert page.locator("html").get_attribute("lang") == locale[:2]
    expect(page.locator(".from")).to_contain_text(said)
    expect(page.get_by_role("img", name="Menu")).to_be_visible()
    context.close()


def test_a_picture_that_a_text_cannot_take_along_is_linked(client, page, link_of):
    media = client.upload_media("menu.png", picture(), type="image/png", page={"title": "Menu"})
    link = link_of(media.id, text="The menu", media={"media_id": media.id, "fallback": "page"})
    page.goto(link)
    image = page.get_by_role("img", name="Menu")
    assert image.evaluate("image => image.naturalWidth") == 640
    check(page, "media-picture")


def test_a_link_that_nobody_made_says_no_more_than_that(run, page):
    for path in ("/m/forged", "/l/aaaaaaaaaaaaa"):
        answer = httpx.get(f"{run.url}{path}", timeout=SLOW, follow_redirects=False)
        assert (answer.status_code, "location" in answer.headers) == (404, False)
    page.goto(f"{run.url}/m/forged")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link doesn't work")
