"""Least privilege: each function may do its own part, and nothing of another's."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from outbound.adapters.dynamodb.coupon_items import LEADING_KEYS
from outbound.adapters.dynamodb.stops import PARTITION
from tests.infra.template import Template, actions, listed, resources

FUNCTIONS = (
    "IntakeRole",
    "ManageRole",
    "PagesRole",
    "DeliverSmsRole",
    "DeliverEmailRole",
    "DeliverVoiceRole",
    "FeedbackFunctionRole",
    "EventsFunctionRole",
    "WebhooksFunctionRole",
    "InboundFunctionRole",
    "ScheduleFunctionRole",
    "UpkeepFunctionRole",
    "ExpandFunctionRole",
    "ImportsFunctionRole",
    "RulesFunctionRole",
    "RemindersFunctionRole",
)
LISTS = {
    "ses:PutSuppressedDestination",
    "ses:DeleteSuppressedDestination",
    "sms-voice:PutOptedOutNumber",
    "sms-voice:DeleteOptedOutNumber",
}
PROVIDER = {
    "DeliverSmsRole": "sns:Publish",
    "DeliverEmailRole": "ses:SendEmail",
    "DeliverVoiceRole": "sms-voice:SendVoiceMessage",
}
DELIVER = {"GetItem", "BatchGetItem", "UpdateItem", "PutItem", "Query", "DeleteItem"}
DATA = {
    "IntakeRole": {
        "GetItem",
        "BatchGetItem",
        "Query",
        "PutItem",
        "BatchWriteItem",
        "UpdateItem",
    },
    "RemindersFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "Query",
        "PutItem",
        "BatchWriteItem",
        "UpdateItem",
    },
    "ManageRole": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem", "Query", "DeleteItem"},
    "PagesRole": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"},
    "DeliverSmsRole": DELIVER,
    "DeliverEmailRole": DELIVER | {"BatchWriteItem"},
    "DeliverVoiceRole": DELIVER,
    "FeedbackFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "UpdateItem",
        "Query",
        "PutItem",
        "DeleteItem",
        "DescribeStream",
        "GetRecords",
        "GetShardIterator",
        "ListStreams",
    },
    "EventsFunctionRole": {
        "DescribeStream",
        "GetRecords",
        "GetShardIterator",
        "ListStreams",
        "Query",
    },
    "WebhooksFunctionRole": {"GetItem", "UpdateItem"},
    "ExpandFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
    "RulesFunctionRole": {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "BatchWriteItem",
        "Query",
    },
    "ImportsFunctionRole": {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
    "InboundFunctionRole": {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
    "ScheduleFunctionRole": {"GetItem", "PutItem", "Query"},
    "UpkeepFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "PutItem",
        "BatchWriteItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
}
FILES = {
    "IntakeRole": {"GetObject", "PutObject", "ListBucket"},
    "RemindersFunctionRole": {"GetObject", "PutObject", "ListBucket"},
    "ManageRole": {"GetObject", "PutObject", "DeleteObject", "ListBucket"},
    "PagesRole": {"GetObject", "ListBucket"},
    "DeliverEmailRole": {"GetObject", "ListBucket"},
    "ImportsFunctionRole": {"GetObject", "PutObject", "DeleteObject", "ListBucket"},
    "ExpandFunctionRole": {"GetObject", "PutObject", "ListBucket"},
    "RulesFunctionRole": {"GetObject", "PutObject", "ListBucket"},
    "UpkeepFunctionRole": {
        "AbortMultipartUpload",
        "DeleteObject",
        "ListBucket",
        "PutObject",
        "GetObject",
        "GetObjectVersion",
        "ListBucketVersions",
    },
}
READS_STREAM = ("FeedbackFunctionRole", "EventsFunctionRole")
WRITES_NO_CONTACT = ("ScheduleFunctionRole", "EventsFunctionRole", "WebhooksFunctionRole")


def _of(service: str, found: set[str]) -> set[str]:
    return {action for action in found if action.startswith(f"{service}:")}


def _sends(found: set[str]) -> set[str]:
    return _of("sns", found) | _of("ses", found) | _of("sms-voice", found)


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_sends_only_through_its_own_provider(service: Template, role: str) -> None:
    allowed = {PROVIDER[role]} if role in PROVIDER else set()
    allowed |= LISTS if role == "UpkeepFunctionRole" else set()
    allowed |= {"sms-voice:CarrierLookup"} if role == "ManageRole" else set()

    assert _sends(actions(service.statements(role))) == allowed


def test_with_end_user_messaging_texts_no_longer_go_through_sns(
    synthesize: Callable[..., Any],
) -> None:
    built = synthesize("prod", provider="end_user_messaging", origination="pool-0123456789abcdef")
    statements = built.service.statements("DeliverSmsRole")
    (send,) = [s for s in statements if "sms-voice:SendTextMessage" in listed(s["Action"])]

    assert _sends(actions(statements)) == {
        "sms-voice:SendTextMessage",
        "sms-voice:SendMediaMessage",
    }
    assert any(":pool/pool-0123456789abcdef" in resource for resource in resources([send]))
    assert "*" not in "".join(resources([send]))
    intake = built.service.named("AWS::Lambda::Function", "Intake")["Environment"]
    assert intake["Variables"]["OUTBOUND_MMS"] == "true"
    variables = built.service.named("AWS::Lambda::Function", "DeliverSms")["Environment"]
    assert "OUTBOUND_SMS_CONFIGURATION_SET" in variables["Variables"]


@pytest.mark.parametrize("role", FUNCTIONS)
def test_no_action_is_a_wildcard(service: Template, role: str) -> None:
    assert not [action for action in actions(service.statements(role)) if "*" in action]


@pytest.mark.parametrize("role", FUNCTIONS)
def test_no_resource_is_a_wildcard_but_the_numbers_of_the_account(
    service: Template, role: str
) -> None:
    wild = [found for found in resources(service.statements(role)) if "*" in found]

    if role == "DeliverVoiceRole":
        (number,) = wild
        assert ":phone-number/*" in number
    elif role in READS_STREAM:
        assert [json.loads(each) for each in wild] == ["*"]
    elif role == "UpkeepFunctionRole":
        *files, anchors, lists, schedules = wild
        assert len(files) == 2
        assert "Anchors" in anchors
        assert json.loads(lists) == "*"
        assert "schedule/Outbound-prod/remind-*" in schedules
    elif role == "RemindersFunctionRole":
        *files, schedules, listed = wild
        assert len(files) == 2
        assert "schedule/Outbound-prod/remind-*" in schedules
        assert json.loads(listed) == "*"
    elif role == "ImportsFunctionRole":
        *files, removed = wild
        assert len(files) == 2
        assert "/incoming/*" in removed
    elif role == "PagesRole":
        (kept,) = wild
        assert "/kept-*" in kept
    elif role == "ExpandFunctionRole":
        (exports,) = wild
        assert "/kept-7/*/cam_*" in exports
    elif role == "ManageRole":
        incoming, kept, looked_up = sorted(wild, key=len, reverse=True)
        assert "/incoming/*" in incoming
        assert "/kept-*" in kept
        assert json.loads(looked_up) == "*"
    elif role in FILES:
        assert len(wild) == 2
        assert "/incoming/*" in wild[0]
        assert "/kept-*" in wild[1]
    else:
        assert wild == []


def test_texting_excludes_every_topic(service: Template) -> None:
    (publish,) = [
        found
        for found in service.statements("DeliverSmsRole")
        if "sns:Publish" in listed(found["Action"])
    ]

    assert "Resource" not in publish
    assert publish["NotResource"] == "arn:*:sns:*:*:*"


def test_email_leaves_by_one_identity_and_one_configuration_set(service: Template) -> None:
    (send,) = [
        found
        for found in service.statements("DeliverEmailRole")
        if "ses:SendEmail" in listed(found["Action"])
    ]

    named = " ".join(resources([send]))
    assert ":identity/example.com" in named
    assert ":identity/hello@example.com" in named
    assert ":configuration-set/" in named


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_has_the_data_actions_of_its_part(service: Template, role: str) -> None:
    found = _of("dynamodb", actions(service.statements(role)))

    assert found == {f"dynamodb:{action}" for action in DATA[role]}


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_has_the_file_actions_of_its_part(service: Template, role: str) -> None:
    found = _of("s3", actions(service.statements(role)))

    assert found == {f"s3:{action}" for action in FILES.get(role, ())}


@pytest.mark.parametrize("role", PROVIDER)
def test_deliver_writes_stops_to_the_catalog_and_no_key(service: Template, role: str) -> None:
    on_catalog = [
        found
        for found in service.statements(role)
        if "Catalog" in json.dumps(found.get("Resource", ""))
    ]

    reads, writes, coupons = sorted(on_catalog, key=lambda found: len(listed(found["Action"])))
    assert listed(reads["Action"]) == ["dynamodb:GetItem"]
    assert set(listed(writes["Action"])) == {"dynamodb:PutItem", "dynamodb:DeleteItem"}
    assert writes["Condition"] == {
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [PARTITION]}
    }
    assert set(listed(coupons["Action"])) == {
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
    }
    assert coupons["Condition"] == {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [LEADING_KEYS]}
    }


@pytest.mark.parametrize("role", WRITES_NO_CONTACT)
def test_who_needs_no_contact_sees_none(service: Template, role: str) -> None:
    assert "Contacts" not in json.dumps(service.statements(role))


def test_the_sweep_reads_the_due_index_and_not_the_messages(service: Template) -> None:
    (query,) = [
        found
        for found in service.statements("ScheduleFunctionRole")
        if "dynamodb:Query" in listed(found["Action"])
    ]

    assert '"/index/due"' in "".join(resources([query]))


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_uses_the_key_only_through_the_services_it_calls(
    service: Template, role: str
) -> None:
    keyed = [
        found
        for found in service.statements(role)
        if any(action.startswith("kms:") for action in listed(found["Action"]))
    ]

    (statement,) = keyed
    through = json.dumps(statement["Condition"]["StringEquals"]["kms:ViaService"])
    assert "dynamodb." in through
    assert "sqs." in through
    assert ("secretsmanager." in through) is (role not in WRITES_NO_CONTACT)


def test_pages_see_of_the_catalog_what_they_show_and_count_attempts_and_readers_alone(
    service: Template,
) -> None:
    on_catalog = {
        tuple(listed(found["Action"])): found["Condition"]["ForAllValues:StringLike"]
        for found in service.statements("PagesRole")
        if "Catalog" in json.dumps(found["Resource"])
    }

    assert on_catalog == {
        ("dynamodb:GetItem",): {
            "dynamodb:LeadingKeys": [
                "*#programme",
                "*#settings",
                "*#correction#*",
                "*#media",
                "*#alert",
            ]
        },
        ("dynamodb:PutItem",): {"dynamodb:LeadingKeys": ["*#correction#*", "*#alert_read#*"]},
        ("dynamodb:UpdateItem",): {"dynamodb:LeadingKeys": ["*#attempts#*", "*#alert_read#*"]},
    }


def test_pages_ask_by_email_and_text_in_the_express_lane(service: Template) -> None:
    (send,) = [
        found
        for found in service.statements("PagesRole")
        if "sqs:SendMessage" in listed(found["Action"])
    ]

    assert "LanesEmailExpress" in str(send)
    assert "LanesSmsExpress" in str(send)
    assert len(send["Resource"]) == 2


@pytest.mark.parametrize("role", ["IntakeRole", "ScheduleFunctionRole"])
def test_only_delivery_queues_are_sent_to(service: Template, role: str) -> None:
    (send,) = [
        found for found in service.statements(role) if "sqs:SendMessage" in listed(found["Action"])
    ]

    targets = [resource["Fn::GetAtt"][0] for resource in send["Resource"]]
    lanes = [target for target in targets if target.startswith("Lanes")]
    (reminders,) = set(targets) - set(lanes)
    assert len(lanes) == 9
    assert reminders.startswith("RemindersQueue")
    assert not any("Dead" in target for target in targets)


def test_reminders_are_sent_by_the_express_lane_alone(service: Template) -> None:
    statements = service.statements("RemindersFunctionRole")
    (send,) = [found for found in statements if "sqs:SendMessage" in listed(found["Action"])]

    targets = [resource["Fn::GetAtt"][0] for resource in send["Resource"]]
    assert len(targets) == 3
    assert all("Express" in target for target in targets)


@pytest.mark.parametrize("role", FUNCTIONS)
def test_only_manage_replaces_the_key_of_the_links_and_nobody_the_secret_of_ids(
    service: Template, role: str
) -> None:
    writes = [
        found
        for found in service.statements(role)
        if "secretsmanager:PutSecretValue" in listed(found["Action"])
    ]

    assert len(writes) == (role == "ManageRole")
    assert all("LinksSecret" in each for each in resources(writes))
