import hashlib

import pytest

from infra.local.carrier.files import File
from infra.local.carrier.listing import listing
from infra.local.carrier.pages import with_pictures
from infra.local.carrier.routes import answer_page
from infra.local.carrier.transport import Request
from tests.builders import PNG
from tests.unit.carrier.account import email, media, simple

PAGE = b"<script>alert(1)</script>"


def send(aws, file):
    asked = []

    def files(url):
        asked.append(url)
        return file

    aws.carrier.files = files
    aws.phone.send_media_message(**media())
    aws.carrier.play_receipts()
    return asked


def get(aws, path):
    answer = answer_page(Request("GET", path, {}, b""), "", aws.carrier)
    assert answer is not None
    return answer


def test_the_file_of_a_media_message_is_read_and_kept(aws, receipts):
    asked = send(aws, File("leaflet.png", "image/png", PNG))

    [item] = listing(aws.carrier.outbox)["items"]
    assert asked == ["s3://media/leaflet.png"]
    assert [receipt.outcome for receipt in receipts] == ["MEDIA_PENDING", "MEDIA_SUCCESSFUL"]
    assert item["attachments"] == [
        {
            "name": "leaflet.png",
            "content_type": "image/png",
            "size": len(PNG),
            "sha256": hashlib.sha256(PNG).hexdigest(),
            "disposition": "ATTACHMENT",
            "content_id": None,
        }
    ]


@pytest.mark.parametrize(
    ("file", "outcome"),
    [
        (None, "MEDIA_FILE_INACCESSIBLE"),
        (File("a.webp", "image/webp", b""), "MEDIA_FILE_TYPE_UNSUPPORTED"),
        (File("a.txt", "text/plain", b""), "MEDIA_FILE_TYPE_UNSUPPORTED"),
        (File("a.png", "image/png", bytes(2_000_001)), "MEDIA_FILE_SIZE_EXCEEDED"),
        (File("a.mp3", "audio/mpeg", bytes(600_001)), "MEDIA_FILE_SIZE_EXCEEDED"),
        (File("a.png", "image/png", bytes(2_000_000)), "MEDIA_SUCCESSFUL"),
        (File("a.mp3", "audio/mpeg", bytes(600_000)), "MEDIA_SUCCESSFUL"),
    ],
)
def test_a_file_that_cannot_be_sent_is_said_by_a_receipt(aws, receipts, file, outcome):
    send(aws, file)
    assert [receipt.outcome for receipt in receipts] == ["MEDIA_PENDING", outcome]
    assert receipts[-1].body["isFinal"] is True


def test_a_picture_is_shown_and_any_other_file_is_only_downloaded(aws):
    attachments = [
        {"RawContent": PNG, "FileName": "logo.png", "ContentType": "image/png"},
        {"RawContent": PAGE, "FileName": "page.html", "ContentType": "text/html"},
    ]
    sent = aws.ses.send_email(**email(Content=simple(Attachments=attachments)))
    place = f"/outbox/{sent['MessageId']}/files"

    picture, page = get(aws, f"{place}/0"), get(aws, f"{place}/1")

    assert (picture.status, picture.body) == (200, PNG)
    assert (picture.headers["Content-Type"], page.body) == ("image/png", PAGE)
    assert page.headers["Content-Type"] == "application/octet-stream"
    assert page.headers["Content-Disposition"] == "attachment"
    assert all("sandbox" in each.headers["Content-Security-Policy"] for each in (picture, page))
    assert [get(aws, f"{place}/{name}").status for name in ("2", "-1", "x", "")] == [404] * 4


def test_inline_pictures_stand_where_the_html_refers_to_them(aws):
    logo = {"RawContent": PNG, "FileName": "logo.png", "ContentType": "image/png"}
    body = {"Html": {"Data": "<img src='cid:logo'><img src=cid:none>"}}
    content = simple(
        Body=body,
        Attachments=[{**logo, "ContentDisposition": "INLINE", "ContentId": "logo"}],
    )
    sent = aws.ses.send_email(**email(Content=content))

    shown = with_pictures(aws.carrier.outbox.get(sent["MessageId"]))

    assert shown.startswith("<img src='data:image/png;base64,iVBORw0KGgo")
    assert shown.endswith("<img src=cid:none>")
