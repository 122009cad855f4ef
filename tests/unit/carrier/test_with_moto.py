import json

import boto3
import pytest
from moto import mock_aws

from infra.local.carrier import Carrier, Receipt, Settings, installed
from infra.local.carrier.settings import LogGroups, Topics
from infra.local.carrier.sinks import EmulatorSink
from tests.e2e.deployed import eventually
from tests.unit.carrier.account import SETTINGS, SUCCESS, email


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield


def queue_behind_topic() -> tuple[str, str]:
    sns, sqs = boto3.client("sns"), boto3.client("sqs")
    topic = sns.create_topic(Name="receipts")["TopicArn"]
    queue = sqs.create_queue(QueueName="receipts")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=arn["QueueArn"],
        Attributes={"RawMessageDelivery": "true"},
    )
    return topic, queue


def test_the_carrier_answers_its_own_calls_and_moto_the_others():
    carrier = Carrier(SETTINGS)
    topic, _ = queue_behind_topic()
    with installed(carrier):
        boto3.client("sesv2").send_email(**email())
        boto3.client("sns").publish(PhoneNumber=SUCCESS, Message="Hi")
        boto3.client("sns").publish(TopicArn=topic, Message="for the topic")
    assert len(carrier.outbox.items()) == 2
    boto3.client("sns").publish(PhoneNumber=SUCCESS, Message="not ours any more")
    assert len(carrier.outbox.items()) == 2


def test_events_are_published_to_their_topic():
    topic, queue = queue_behind_topic()
    endpoint = "https://sns.us-east-1.amazonaws.com"
    settings = Settings(endpoint=endpoint, account="123456789012", topics=Topics(email=topic))
    EmulatorSink(lambda: settings)(Receipt("id", "Delivery", "email", {"eventType": "Delivery"}))
    [message] = boto3.client("sqs").receive_message(QueueUrl=queue)["Messages"]
    assert json.loads(message["Body"]) == {"eventType": "Delivery"}


def written(logs):
    return logs.filter_log_events(logGroupName="sns/failure")["events"]


def test_delivery_logs_are_written_to_their_group():
    logs = boto3.client("logs")
    logs.create_log_group(logGroupName="sns/failure")
    endpoint = "https://logs.us-east-1.amazonaws.com"
    settings = Settings(endpoint=endpoint, log_groups=LogGroups(failure="sns/failure"))
    sink = EmulatorSink(lambda: settings, between_writes=0)
    for status in ("FAILURE", "FAILURE"):
        sink(Receipt("id", "Invalid phone number", "failure", {"status": status}))
    sink(Receipt("id", "SUCCESS", "success", {"status": "SUCCESS"}))
    assert eventually(lambda: len(written(logs)) == 2, 10)
    events = written(logs)
    assert [json.loads(event["message"])["status"] for event in events] == ["FAILURE"] * 2
