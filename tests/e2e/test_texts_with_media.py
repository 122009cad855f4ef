"""Texts by End User Messaging, as `sms.provider` can have it: its receipts, and files on texts."""

import hashlib
import json

import boto3
import pytest

from infra.config import load
from infra.constructs import hand_over
from infra.local.places import ROOT
from tests.builders import PNG
from tests.e2e.deployed import outbox
from tests.e2e.inside import aws, functions

ENVIRONMENTS = json.loads((ROOT / "cdk.json").read_text())["context"]["environments"]
SMS = load("local", ENVIRONMENTS, sms_provider="end_user_messaging").sms


@pytest.fixture(scope="module", autouse=True)
def by_end_user_messaging(started):
    """The functions are given the variables of the setting, as a deployment gives them."""
    started.wait()
    run = started.run
    service, before = aws(run, "lambda"), functions(run)
    variables = {each["FunctionName"]: each["Environment"]["Variables"] for each in before}
    of_email, of_voice = (
        next(each for each in variables.values() if each.get("OUTBOUND_CHANNEL") == channel)
        for channel in ("email", "voice")
    )
    configuration_set = of_voice["OUTBOUND_VOICE_CONFIGURATION_SET"]
    changed = {}
    for name, given in variables.items():
        if given.get("OUTBOUND_CHANNEL") == "sms":
            changed[name] = {
                **given,
                **hand_over.sms_environment(SMS, configuration_set=configuration_set),
                **hand_over.media_environment(SMS),
                "OUTBOUND_MEDIA_BUCKET": of_email["OUTBOUND_MEDIA_BUCKET"],
            }
        elif "OUTBOUND_SMS_MAX_PRICE" in given and "OUTBOUND_CHANNEL" not in given:
            changed[name] = {**given, **hand_over.media_environment(SMS)}

    def give(name, given):
        service.update_function_configuration(FunctionName=name, Environment={"Variables": given})
        service.get_waiter("function_updated_v2").wait(FunctionName=name)

    for name, given in changed.items():
        give(name, given)
    yield
    for name in changed:
        give(name, variables[name])


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
