"""Texts by End User Messaging, as `sms.provider` can have it: its receipts, and files on texts."""

import hashlib

import boto3
import pytest

from tests.builders import PNG
from tests.e2e.deployed import client_of, deployed, outbox


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    with deployed(folder, OUTBOUND_SMS_PROVIDER="end_user_messaging") as run:
        yield run


@pytest.fixture(scope="module")
def client(run):
    with client_of(run) as client:
        yield client


def send(client, text, **content):
    return client.send_message(
        to={"phone": "+14255550181"},
        channel="sms",
        purpose="transactional",
        content={"text": text, **content},
    )


def sent(run, message):
    [item] = [each for each in outbox(run) if each["message_id"] == message.id]
    return item


def test_a_picture_goes_along_with_a_text(run, client):
    picture = client.upload_media("leaflet.png", PNG, type="image/png")
    message = send(client, "The leaflet.", media={"media_id": picture.id})

    done = client.wait_for(message.id, until={"delivered"}, timeout=150)

    item = sent(run, message)
    assert done.provider is not None
    assert (done.provider.name, done.provider.id) == ("end_user_messaging", item["provider_id"])
    assert (item["operation"], item["text"]) == ("SendMediaMessage", "The leaflet.")
    assert [each["sha256"] for each in item["attachments"]] == [hashlib.sha256(PNG).hexdigest()]
    assert [each["outcome"] for each in item["receipts"]] == ["MEDIA_PENDING", "MEDIA_SUCCESSFUL"]


def test_a_file_that_is_gone_when_the_carrier_wants_it_is_a_failure_with_its_reason(run, client):
    picture = client.upload_media("gone.png", PNG, type="image/png")
    s3 = boto3.client(
        "s3",
        endpoint_url=run.aws["endpoints"]["default"],
        region_name=run.aws["region"],
        **run.aws["credentials"],
    )
    for bucket in s3.list_buckets()["Buckets"]:
        for found in s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
            if picture.id.removeprefix("med_") in found["Key"]:
                s3.delete_object(Bucket=bucket["Name"], Key=found["Key"])

    message = send(client, "It is gone.", media={"media_id": picture.id})
    done = client.wait_for(message.id, until={"failed"}, timeout=150)

    assert done.timeline[-1].code == "MEDIA_FILE_INACCESSIBLE"
    assert sent(run, message)["receipts"][-1]["outcome"] == "MEDIA_FILE_INACCESSIBLE"


def test_a_text_without_a_file_is_a_text(run, client):
    message = send(client, "Nothing goes along.")
    client.wait_for(message.id, until={"delivered"}, timeout=150)

    item = sent(run, message)
    assert (item["operation"], item["from"]) == ("SendTextMessage", "+12065550142")
    assert [each["outcome"] for each in item["receipts"]] == ["TEXT_PENDING", "TEXT_SUCCESSFUL"]
