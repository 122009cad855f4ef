"""Least privilege: each function may do its own part, and nothing of another's."""

import json

import pytest

from outbound.adapters.dynamodb.coupon_items import LEADING_KEYS
from outbound.adapters.dynamodb.stops import PARTITION
from tests.infra.permissions import (
    DATA,
    FILES,
    FUNCTIONS,
    PROVIDER,
    READS_STREAM,
    WRITES_NO_CONTACT,
    of_service,
)
from tests.infra.template import Template, actions, listed, resources


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


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_has_the_data_actions_of_its_part(service: Template, role: str) -> None:
    found = of_service("dynamodb", actions(service.statements(role)))

    assert found == {f"dynamodb:{action}" for action in DATA[role]}


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_has_the_file_actions_of_its_part(service: Template, role: str) -> None:
    found = of_service("s3", actions(service.statements(role)))

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
