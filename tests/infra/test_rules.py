"""Events come only from sources that are bound to a tenant, and only by who may put them."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from infra.config import load
from infra.config_error import ConfigError
from tests.infra.template import Template, actions

SHOP = "com.example.shop"
ROLE = "arn:aws:iam::123456789012:role/Shop"
SOURCES = {SHOP: {"tenant": "acme", "principals": [ROLE]}, "crm": {"tenant": "clinic"}}


@pytest.fixture(scope="module")
def bound(synthesize_settings: Callable[..., Any]) -> Template:
    from tests.infra.conftest import CONTEXT

    settings = copy.deepcopy(CONTEXT["environments"])
    settings["dev"]["rules"] = {"sources": SOURCES}
    built: Template = synthesize_settings("dev", settings).service
    return built


def test_only_events_of_bound_sources_come_to_the_queue(bound: Template) -> None:
    (rule,) = bound.of("AWS::Events::Rule").values()
    (target,) = rule["Targets"]

    assert rule["EventPattern"] == {"source": [SHOP, "crm"]}
    assert "RulesBus" in str(rule["EventBusName"])
    assert "RulesQueue" in str(target["Arn"])
    assert "RulesDead" in str(target["DeadLetterConfig"])


def test_only_that_rule_may_fill_the_queue(bound: Template) -> None:
    for start in ("RulesQueue", "RulesDead"):
        (name,) = [each for each in bound.of("AWS::SQS::Queue") if each.startswith(start)]
        allowed = [each for each in bound.queue_policy(name) if each["Effect"] == "Allow"]
        assert [each["Principal"] for each in allowed] == [{"Service": "events.amazonaws.com"}]
        assert "RulesBound" in str(allowed[0]["Condition"])


def test_a_source_with_principals_is_put_by_nobody_else(bound: Template) -> None:
    (policy,) = bound.of("AWS::Events::EventBusPolicy").values()
    statement = policy["Statement"]

    assert (statement["Effect"], statement["Action"]) == ("Deny", "events:PutEvents")
    assert statement["Condition"] == {
        "StringEquals": {"events:source": SHOP},
        "ArnNotEquals": {"aws:PrincipalArn": [ROLE]},
    }


def test_who_the_events_are_of_is_told_to_the_functions(bound: Template) -> None:
    for name in ("RulesFunction", "Manage"):
        function = bound.named("AWS::Lambda::Function", name)
        told = function["Environment"]["Variables"]["OUTBOUND_EVENT_SOURCES"]
        assert json.loads(told) == {SHOP: "acme", "crm": "clinic"}


def test_the_function_may_write_messages_and_change_no_rule(service: Template) -> None:
    statements = service.statements("RulesFunctionRole")
    writes = [each for each in statements if "dynamodb:PutItem" in actions([each])]

    assert "dynamodb:DeleteItem" not in actions(statements)
    assert "dynamodb:Scan" not in actions(statements)
    assert not {action for action in actions(statements) if action.startswith("events")}
    assert {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["*#rule-refused#*"]}} in [
        each.get("Condition") for each in writes
    ]
    sends = [each for each in statements if "sqs:SendMessage" in actions([each])]
    assert "Bulk" not in str(sends)


def test_without_sources_nothing_listens(service: Template) -> None:
    assert not service.of("AWS::Events::Rule")


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"aws.s3": {"tenant": "acme"}}, "aws."),
        ({"outbound": {"tenant": "acme"}}, "outbound."),
        ({SHOP: {}}, "tenant"),
        ({SHOP: {"tenant": "acme", "principals": ["me"]}}, "principals"),
        ({f"source-{number}": {"tenant": "acme"} for number in range(31)}, "30"),
    ],
)
def test_a_wrong_source_is_explained(
    environments: dict[str, Any], sources: dict[str, Any], said: str
) -> None:
    environments["dev"]["rules"] = {"sources": sources}
    with pytest.raises(ConfigError, match="rules") as wrong:
        load("dev", environments)
    assert said in str(wrong.value)
