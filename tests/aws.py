"""An AWS account on moto: tables, queues and secret as the deployment makes them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from outbound.adapters.s3_anchors import S3Anchors
from outbound.domain.words import Channel, Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECRET = "the secret of the tests"
LINKS_SECRET = '{"newest": "a key of the links", "older": []}'
PAGES = "https://pages.example.com"
REGION = "us-east-1"
CREDENTIALS = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
}
TABLES = ("contacts", "messages", "runs", "catalog", "ledger")
ACCOUNT = "123456789012"
QUEUE_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:sms-express"
RECEIPTS_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:receipts"
INBOUND_TOPIC = f"arn:aws:sns:{REGION}:123456789012:inbound"
TWO_WAY = {"+12065550143": {"type": "ten_dlc", "self_managed": True, "tenant": "acme"}}
EVENT_SOURCES = {"com.example.shop": "acme", "com.example.clinic": "clinic"}
OPT_OUT_LISTS = {"*": ["Default"]}
SENDER = "Acme <news@example.com>"
SENDERS = {"clinic": ["Clinic <hello@clinic.test>", "news@clinic.test"]}
BUCKET, ANCHORS = "outbound-media", "outbound-anchors"
REMINDERS_ARN = f"arn:aws:sqs:{REGION}:123456789012:reminders"
SCHEDULE_GROUP = "Outbound-test"
CONFIGURATION_SET = "outbound"
ALONE: Any = {"core": {"passthrough": {"urls": ["https://email\\..*"]}}}
"""What the carrier answers, moto needn't: it knows no SendBulkEmail."""


@dataclass(frozen=True, slots=True)
class Account:
    """What was made: names of tables, URLs of queues, the ARN of the secret."""

    tables: Mapping[str, str]
    queues: Mapping[str, str]
    receipts_queue: str
    upkeep_queue: str
    expand_queue: str
    alerts_queue: str
    imports_queue: str
    webhooks_queue: str
    reminders_queue: str
    bus: str
    secret: str
    links_secret: str
    media: str
    anchors: str

    def variables(self, **changes: str) -> dict[str, str]:
        """The environment of all functions together, but for OUTBOUND_CHANNEL."""
        return {
            "OUTBOUND_ENVIRONMENT": "local",
            "OUTBOUND_CONTACTS_TABLE": self.tables["contacts"],
            "OUTBOUND_MESSAGES_TABLE": self.tables["messages"],
            "OUTBOUND_RUNS_TABLE": self.tables["runs"],
            "OUTBOUND_CATALOG_TABLE": self.tables["catalog"],
            "OUTBOUND_LEDGER_TABLE": self.tables["ledger"],
            "OUTBOUND_MEDIA_BUCKET": self.media,
            "OUTBOUND_SECRET_ARN": self.secret,
            "OUTBOUND_LINKS_SECRET_ARN": self.links_secret,
            "OUTBOUND_PAGES_URL": PAGES,
            "OUTBOUND_QUEUES": json.dumps(dict(self.queues)),
            "OUTBOUND_LANES": json.dumps({"express": {"queue": QUEUE_ARN, "seconds_each": 0}}),
            "OUTBOUND_KEY_LIMIT_PER_MINUTE": "100000",
            "OUTBOUND_RATES": json.dumps({"sms": 10, "email": 10, "voice": 10}),
            "OUTBOUND_RECEIPTS_QUEUE": self.receipts_queue,
            "OUTBOUND_EVENT_BUS": self.bus,
            "OUTBOUND_WEBHOOKS_QUEUE": self.webhooks_queue,
            "OUTBOUND_INBOUND_TOPIC": INBOUND_TOPIC,
            "OUTBOUND_TWO_WAY": json.dumps(TWO_WAY),
            "OUTBOUND_STOP_SCOPE": "all",
            "OUTBOUND_EVENT_SOURCES": json.dumps(EVENT_SOURCES),
            "OUTBOUND_LEASE_SECONDS": "60",
            "OUTBOUND_MESSAGE_RETENTION_DAYS": "400",
            "OUTBOUND_UPKEEP_QUEUE": self.upkeep_queue,
            "OUTBOUND_EXPAND_QUEUE": self.expand_queue,
            "OUTBOUND_ALERTS_QUEUE": self.alerts_queue,
            "OUTBOUND_IMPORTS_QUEUE": self.imports_queue,
            "OUTBOUND_REMINDERS_QUEUE": self.reminders_queue,
            "OUTBOUND_REMINDERS_QUEUE_ARN": REMINDERS_ARN,
            "OUTBOUND_REMINDERS_DEAD_ARN": f"{REMINDERS_ARN}-dead",
            "OUTBOUND_SCHEDULE_GROUP": SCHEDULE_GROUP,
            "OUTBOUND_SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/schedules",
            "OUTBOUND_ANCHORS_BUCKET": self.anchors,
            "OUTBOUND_OPT_OUT_LISTS": json.dumps(OPT_OUT_LISTS),
            "OUTBOUND_MIRROR_SECONDS_EACH": "0",
            "OUTBOUND_SMS_PROVIDER": "sns",
            "OUTBOUND_SMS_MAX_PRICE": "0.20",
            "OUTBOUND_SMS_CONFIGURATION_SET": CONFIGURATION_SET,
            "OUTBOUND_EMAIL_FROM": SENDER,
            "OUTBOUND_EMAIL_SENDERS": json.dumps(SENDERS),
            "OUTBOUND_EMAIL_CONFIGURATION_SET": CONFIGURATION_SET,
            "OUTBOUND_VOICE_ORIGINATION": "+12065550100",
            "OUTBOUND_VOICE_ID": "JOANNA",
            "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE": "0.50",
            "OUTBOUND_VOICE_CONFIGURATION_SET": CONFIGURATION_SET,
            **changes,
        }


def create_account(client: Callable[[str], Any]) -> Account:
    """Make everything, with clients of `client`."""
    dynamodb, sqs, secrets = client("dynamodb"), client("sqs"), client("secretsmanager")
    for table in TABLES:
        create_table(dynamodb, table)
    client("scheduler").create_schedule_group(Name=SCHEDULE_GROUP)
    names = [f"{channel}.{lane}" for channel in Channel for lane in Lane]
    return Account(
        tables={table: table for table in TABLES},
        queues={name: create_queue(sqs, name.replace(".", "-")) for name in names},
        receipts_queue=create_queue(sqs, "receipts"),
        upkeep_queue=create_queue(sqs, "upkeep"),
        expand_queue=create_queue(sqs, "expand"),
        alerts_queue=create_queue(sqs, "alerts"),
        imports_queue=create_queue(sqs, "imports"),
        webhooks_queue=create_queue(sqs, "webhooks"),
        reminders_queue=create_queue(sqs, "reminders"),
        bus=create_bus(client("events")),
        media=create_bucket(client("s3")),
        anchors=create_anchors(client("s3")).bucket,
        secret=secrets.create_secret(Name="identity", SecretString=SECRET)["ARN"],
        links_secret=secrets.create_secret(Name="links", SecretString=LINKS_SECRET)["ARN"],
    )


def create_bucket(s3: Any) -> str:
    s3.create_bucket(Bucket=BUCKET)
    return BUCKET


def create_anchors(s3: Any) -> S3Anchors:
    """A bucket that locks what it is given, as the deployment makes it."""
    s3.create_bucket(Bucket=ANCHORS, ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 5}}
    s3.put_object_lock_configuration(
        Bucket=ANCHORS,
        ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule},
    )
    return S3Anchors(lambda: s3, ANCHORS)


def create_bus(events: Any) -> str:
    return str(events.create_event_bus(Name="outbound")["EventBusArn"]).rpartition("/")[2]


def create_queue(sqs: Any, name: str) -> str:
    attributes = {"VisibilityTimeout": "180"}
    return str(sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"])


def create_table(dynamodb: Any, name: str) -> None:
    """Make a table with `pk` and `sk`; `messages` has the index `due`."""
    attributes, index = ["pk", "sk"], {}
    if name == "messages":
        attributes += ["due", "lane"]
        due = {
            "IndexName": "due",
            "KeySchema": _key("due", "lane"),
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
        index = {"GlobalSecondaryIndexes": [due]}
    dynamodb.create_table(
        TableName=name,
        KeySchema=_key("pk", "sk"),
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in attributes],
        BillingMode="PAY_PER_REQUEST",
        **index,
    )


def count(dynamodb: Any, table: str) -> int:
    """How many items a table holds."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, Select="COUNT")
    return sum(page["Count"] for page in pages)


def items(dynamodb: Any, table: str) -> list[dict[str, Any]]:
    """All that a table holds, as DynamoDB writes it."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=table)
    return [item for page in pages for item in page["Items"]]


def forget() -> None:
    """Let go of all that wiring has built and kept."""
    wired = [each for name, each in sys.modules.items() if name.startswith("outbound.wiring.")]
    for made in chain.from_iterable(vars(module).values() for module in wired):
        if hasattr(made, "cache_clear"):
            made.cache_clear()


def _key(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]
