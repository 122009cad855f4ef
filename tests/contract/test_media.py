"""Files and what is known of them: the same in memory and at AWS."""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.media import DynamoMedia
from outbound.adapters.s3 import S3Files
from outbound.domain.media import MediaState
from outbound.ports import MediaGone
from tests import aws, memory
from tests.builders import PNG, make_media
from tests.memory.clock import START

READY = make_media(state=MediaState.READY)
DIGEST = hashlib.sha256(PNG).hexdigest()


@pytest.fixture
def media(port):
    return port(memory.MemoryMedia(), "catalog", DynamoMedia)


@pytest.fixture(params=["memory", "aws"])
def files(request):
    """Files, and a function that uploads by a form as a browser does."""
    if request.param == "memory":
        in_memory = memory.MemoryFiles()
        return in_memory, in_memory.upload
    request.getfixturevalue("moto")
    s3 = request.getfixturevalue("client")("s3")
    bucket = aws.create_bucket(s3)

    def upload(form, content):
        s3.put_object(Bucket=bucket, Key=form.fields["key"], Body=content)

    return S3Files(lambda: s3, bucket), upload


def test_a_file_is_found_by_its_tenant_until_it_expires(media):
    announced = make_media(sha256=DIGEST)
    media.insert(announced)

    assert media.get("acme", announced.id, START) == announced
    assert media.get("other", announced.id, START) is None
    assert media.get("acme", announced.id, START + timedelta(days=30)) is None


def test_a_file_is_settled_once(media):
    media.insert(make_media())
    rejected = make_media(state=MediaState.REJECTED, reason="wrong_type")

    assert media.settle(rejected)
    assert not media.settle(READY)
    assert media.get("acme", READY.id, START) == rejected


def test_a_second_announcement_changes_nothing(media):
    media.insert(make_media())
    media.settle(READY)
    media.insert(make_media())

    assert media.get("acme", READY.id, START) == READY


def test_a_deleted_file_is_unknown_and_not_brought_back(media):
    media.insert(make_media())
    media.delete(READY)

    assert not media.settle(READY)
    assert media.get("acme", READY.id, START) is None


@pytest.mark.parametrize("digest", [None, DIGEST])
def test_what_was_uploaded_is_seen_kept_and_read(files, digest):
    store, upload = files
    announced = make_media(sha256=digest)
    assert store.uploaded(announced) is None
    upload(store.form(announced, START), PNG)

    uploaded = store.uploaded(announced)
    assert (uploaded.size, uploaded.head, uploaded.sha256) == (len(PNG), PNG, digest)
    assert store.keep(announced, uploaded)
    assert store.read(announced) == PNG


@pytest.mark.parametrize("files", ["aws"], indirect=True)
def test_only_what_was_looked_at_is_copied(files):
    store, upload = files
    upload(store.form(make_media(), START), PNG)
    uploaded, asked = store.uploaded(make_media()), {}

    def note(params, **_):
        asked.update(params)

    events = store.connect().meta.events
    events.register("before-parameter-build.s3.CopyObject", note)
    store.keep(make_media(), uploaded)
    events.unregister("before-parameter-build.s3.CopyObject", note)

    assert asked["CopySourceIfMatch"] == uploaded.tag


# Moto copies whatever it finds.
@pytest.mark.parametrize("files", ["memory"], indirect=True)
def test_a_later_upload_is_not_kept_for_an_earlier_look(files):
    store, upload = files
    form = store.form(make_media(), START)
    upload(form, PNG)
    uploaded = store.uploaded(make_media())
    upload(form, b"MZ".ljust(100, b"."))

    assert not store.keep(make_media(), uploaded)
    with pytest.raises(MediaGone):
        store.read(make_media())


def test_a_later_upload_does_not_change_what_is_kept(files):
    store, upload = files
    form = store.form(make_media(), START)
    upload(form, PNG)
    store.keep(make_media(), store.uploaded(make_media()))
    upload(form, b"MZ".ljust(100, b"."))

    assert store.read(make_media()) == PNG


def test_an_empty_upload_is_seen(files):
    store, upload = files
    upload(store.form(make_media(), START), b"")

    assert store.uploaded(make_media()).size == 0


def test_a_deleted_file_is_gone_from_everywhere(files):
    store, upload = files
    upload(store.form(make_media(), START), PNG)
    store.keep(make_media(), store.uploaded(make_media()))
    store.delete(make_media())
    store.delete(make_media())

    assert store.uploaded(make_media()) is None
    with pytest.raises(MediaGone):
        store.read(make_media())


@pytest.mark.parametrize("files", ["aws"], indirect=True)
def test_a_form_takes_one_key_type_size_and_checksum(files):
    store, _ = files
    form = store.form(make_media(sha256=DIGEST), START)
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    digest = base64.b64encode(bytes.fromhex(DIGEST)).decode()

    assert form.expires_at == START + timedelta(minutes=15)
    for condition in (
        {"key": "incoming/acme/med_00000000000000000001"},
        {"Content-Type": "image/png"},
        {"x-amz-checksum-sha256": digest},
        ["content-length-range", 100, 100],
    ):
        assert condition in policy["conditions"]
    assert form.fields["x-amz-checksum-sha256"] == digest


@pytest.mark.parametrize("files", ["aws"], indirect=True)
@pytest.mark.parametrize(("days", "prefix"), [(1, "kept-7"), (30, "kept-31"), (366, "kept-367")])
def test_a_file_lies_where_the_bucket_removes_it_after_its_end(files, days, prefix):
    store, _ = files
    kept = replace(make_media(), expires_at=START + timedelta(days=days))
    assert store.place(kept).startswith(f"s3://outbound-media/{prefix}/acme/med_")
