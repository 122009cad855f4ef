"""Functions: their time, their logs, what they run from and what they are told."""

import copy
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from infra.constructs.deliver import LEASE_SECONDS, TIMEOUT_SECONDS
from infra.constructs.queue import VISIBILITY_SECONDS
from tests.infra.conftest import CONTEXT
from tests.infra.template import Template

COMMON = {
    "OUTBOUND_ENVIRONMENT",
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
    "POWERTOOLS_LOG_LEVEL",
}
DELIVER = {
    "OUTBOUND_CONTACTS_TABLE",
    "OUTBOUND_MESSAGES_TABLE",
    "OUTBOUND_CATALOG_TABLE",
    "OUTBOUND_SECRET_ARN",
    "OUTBOUND_CHANNEL",
    "OUTBOUND_LANES",
    "OUTBOUND_LEASE_SECONDS",
    "OUTBOUND_MESSAGE_RETENTION_DAYS",
    "OUTBOUND_RUNS_TABLE",
    "OUTBOUND_QUEUES",
    "OUTBOUND_SMS_MAX_PRICE",
    "OUTBOUND_VOICE_ID",
    "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
}
VARIABLES = {
    "Intake": {
        "OUTBOUND_KEY_LIMIT_PER_MINUTE",
        "OUTBOUND_RUNS_TABLE",
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_QUEUES",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
        "OUTBOUND_SMS_MAX_PRICE",
        "OUTBOUND_VOICE_ID",
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
        "OUTBOUND_EMAIL_FROM",
        "OUTBOUND_REMINDERS_QUEUE",
    },
    "Manage": {
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_LEDGER_TABLE",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
        "OUTBOUND_LINKS_SECRET_ARN",
        "OUTBOUND_PAGES_URL",
        "OUTBOUND_TWO_WAY",
        "OUTBOUND_EVENT_SOURCES",
        "OUTBOUND_STOP_SCOPE",
        "OUTBOUND_EMAIL_FROM",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_KEY_LIMIT_PER_MINUTE",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_UPKEEP_QUEUE",
        "OUTBOUND_EXPAND_QUEUE",
        "OUTBOUND_ALERTS_QUEUE",
        "OUTBOUND_IMPORTS_QUEUE",
        "OUTBOUND_WEBHOOKS_QUEUE",
        "OUTBOUND_RUNS_TABLE",
        "OUTBOUND_QUEUES",
        "OUTBOUND_RATES",
        "OUTBOUND_SMS_MAX_PRICE",
        "OUTBOUND_VOICE_ID",
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
    },
    "Pages": {
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
        "OUTBOUND_QUEUES",
        "OUTBOUND_TWO_WAY",
        "OUTBOUND_EMAIL_FROM",
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_LEDGER_TABLE",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_LINKS_SECRET_ARN",
    },
    "DeliverSms": DELIVER
    | {"OUTBOUND_SMS_PROVIDER", "OUTBOUND_SMS_MAX_PRICE", "OUTBOUND_PAGES_URL"},
    "DeliverEmail": DELIVER
    | {
        "OUTBOUND_EMAIL_FROM",
        "OUTBOUND_EMAIL_CONFIGURATION_SET",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_LINKS_SECRET_ARN",
        "OUTBOUND_PAGES_URL",
    },
    "DeliverVoice": DELIVER
    | {
        "OUTBOUND_VOICE_ORIGINATION",
        "OUTBOUND_VOICE_ID",
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
        "OUTBOUND_VOICE_CONFIGURATION_SET",
    },
    "FeedbackFunction": {
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_RECEIPTS_QUEUE",
        "OUTBOUND_RUNS_TABLE",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
    },
    "EventsFunction": {
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_WEBHOOKS_QUEUE",
        "OUTBOUND_EVENT_BUS",
    },
    "WebhooksFunction": {
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_WEBHOOKS_QUEUE",
        "OUTBOUND_EVENT_BUS",
    },
    "InboundFunction": {
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_LEDGER_TABLE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_QUEUES",
        "OUTBOUND_INBOUND_TOPIC",
        "OUTBOUND_TWO_WAY",
        "OUTBOUND_STOP_SCOPE",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
        "OUTBOUND_EMAIL_FROM",
    },
    "RulesFunction": {
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_QUEUES",
        "OUTBOUND_EVENT_SOURCES",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
        "OUTBOUND_SMS_MAX_PRICE",
        "OUTBOUND_VOICE_ID",
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
        "OUTBOUND_EMAIL_FROM",
    },
    "ExpandFunction": {
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_RUNS_TABLE",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_EXPAND_QUEUE",
        "OUTBOUND_ALERTS_QUEUE",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_TWO_WAY",
        "OUTBOUND_EMAIL_FROM",
        "OUTBOUND_SMS_MAX_PRICE",
        "OUTBOUND_VOICE_ID",
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
        "OUTBOUND_QUEUES",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
    },
    "ImportsFunction": {
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_LEDGER_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_IMPORTS_QUEUE",
        "OUTBOUND_REMINDERS_QUEUE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_QUEUES",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
        "OUTBOUND_SMS_MAX_PRICE",
        "OUTBOUND_VOICE_ID",
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
        "OUTBOUND_EMAIL_FROM",
    },
    "RemindersFunction": {
        "OUTBOUND_KEY_LIMIT_PER_MINUTE",
        "OUTBOUND_RUNS_TABLE",
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_QUEUES",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
        "OUTBOUND_SMS_MAX_PRICE",
        "OUTBOUND_VOICE_ID",
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE",
        "OUTBOUND_EMAIL_FROM",
        "OUTBOUND_SCHEDULE_GROUP",
        "OUTBOUND_SCHEDULE_ROLE_ARN",
        "OUTBOUND_REMINDERS_QUEUE_ARN",
        "OUTBOUND_REMINDERS_DEAD_ARN",
    },
    "ScheduleFunction": {
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_QUEUES",
        "OUTBOUND_RATES",
        "OUTBOUND_REMINDERS_QUEUE",
    },
    "UpkeepFunction": {
        "OUTBOUND_CONTACTS_TABLE",
        "OUTBOUND_RUNS_TABLE",
        "OUTBOUND_LEDGER_TABLE",
        "OUTBOUND_MESSAGES_TABLE",
        "OUTBOUND_CATALOG_TABLE",
        "OUTBOUND_SECRET_ARN",
        "OUTBOUND_MEDIA_BUCKET",
        "OUTBOUND_ANCHORS_BUCKET",
        "OUTBOUND_UPKEEP_QUEUE",
        "OUTBOUND_OPT_OUT_LISTS",
        "OUTBOUND_MIRROR_SECONDS_EACH",
        "OUTBOUND_SCHEDULE_GROUP",
        "OUTBOUND_MESSAGE_RETENTION_DAYS",
    },
}


def test_timeout_is_shorter_than_lease_and_lease_than_visibility(service: Template) -> None:
    assert TIMEOUT_SECONDS < LEASE_SECONDS < VISIBILITY_SECONDS
    for name in ("DeliverSms", "DeliverEmail", "DeliverVoice"):
        function = service.named("AWS::Lambda::Function", name)
        assert function["Timeout"] == TIMEOUT_SECONDS
        assert function["Environment"]["Variables"]["OUTBOUND_LEASE_SECONDS"] == "60"
    for queue in service.of("AWS::SQS::Queue").values():
        assert queue["VisibilityTimeout"] == VISIBILITY_SECONDS >= 6 * TIMEOUT_SECONDS


@pytest.mark.parametrize("name", VARIABLES)
def test_a_function_gets_the_variables_it_needs_and_no_other(service: Template, name: str) -> None:
    function = service.named("AWS::Lambda::Function", name)

    assert set(function["Environment"]["Variables"]) == COMMON | VARIABLES[name]


def test_every_function_runs_its_own_folder_on_arm(service: Template) -> None:
    functions = service.of("AWS::Lambda::Function").values()

    assert len(functions) == 16
    for function in functions:
        folder = function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]
        assert function["Handler"] == f"functions.{folder}.handler.handler"
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]
        assert len(function["Layers"]) == 2
        assert function["LoggingConfig"]["LogFormat"] == "JSON"


def test_every_function_has_a_log_group_and_a_role_of_its_own(service: Template) -> None:
    functions = service.of("AWS::Lambda::Function").values()

    assert len({function["LoggingConfig"]["LogGroup"]["Ref"] for function in functions}) == 16
    assert len({function["Role"]["Fn::GetAtt"][0] for function in functions}) == 16
    for role in service.of("AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role


def test_every_log_group_is_encrypted_and_forgets(service: Template) -> None:
    groups = service.of("AWS::Logs::LogGroup").values()

    assert len(groups) == 19
    for group in groups:
        assert group["RetentionInDays"] == 90
        assert "Key961B73FD" in str(group["KmsKeyId"])


def test_the_addresses_of_the_queues_are_json(service: Template) -> None:
    variables = service.named("AWS::Lambda::Function", "Intake")["Environment"]["Variables"]
    parts = variables["OUTBOUND_QUEUES"]["Fn::Join"][1]
    queues = json.loads("".join(part if isinstance(part, str) else "url" for part in parts))

    assert len(queues) == 9
    assert {"sms.express", "email.bulk", "voice.critical"} <= set(queues)


def test_locally_the_carrier_simulator_stands_in_for_the_providers(
    local: Any, service: Template
) -> None:
    for name, function in local.service.of("AWS::Lambda::Function").items():
        redirected = {
            key
            for key, value in function["Environment"]["Variables"].items()
            if value == "http://127.0.0.1:4570"
        }
        expected = (
            {
                "AWS_ENDPOINT_URL_SESV2",
                "AWS_ENDPOINT_URL_SNS",
                "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2",
            }
            if name.startswith(("Deliver", "Upkeep", "Manage"))
            else set()
        )
        assert redirected == expected
    assert "AWS_ENDPOINT_URL" not in json.dumps(service.body)


@pytest.fixture(scope="module")
def unusual(synthesize_settings: Callable[..., Any]) -> Template:
    """A deployment with what few have: pages at an address of their own, and reserved workers."""
    environments = copy.deepcopy(CONTEXT["environments"])
    environments["prod"] |= {"pages_url": "https://go.clinic.org", "reserve_workers": True}
    built: Template = synthesize_settings("prod", environments).service
    return built


def test_what_brings_alerts_keeps_its_workers_where_that_is_set(
    service: Template, unusual: Template
) -> None:
    assert "ReservedConcurrentExecutions" not in json.dumps(service.body)
    most: Counter[str] = Counter()
    for each in unusual.of("AWS::Lambda::EventSourceMapping").values():
        if "ScalingConfig" in each:
            named = each["FunctionName"]["Ref"]
            most[named] += each["ScalingConfig"]["MaximumConcurrency"]
    reserved = {
        name: each["ReservedConcurrentExecutions"]
        for name, each in unusual.of("AWS::Lambda::Function").items()
        if "ReservedConcurrentExecutions" in each
    }
    assert len(reserved) == 4
    for name, count in reserved.items():
        assert count == most[name] + name.startswith("Expand")


def test_intake_knows_how_long_links_are_where_the_pages_have_an_address_of_their_own(
    unusual: Template,
) -> None:
    for name in ("Intake", "Manage", "DeliverSms", "DeliverEmail"):
        variables = unusual.named("AWS::Lambda::Function", name)["Environment"]["Variables"]
        assert variables["OUTBOUND_PAGES_URL"] == "https://go.clinic.org"
