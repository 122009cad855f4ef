"""The bus: one of the environment, on which one function alone tells events."""

import json
from collections.abc import Callable
from typing import Any

from infra.constructs.queue import VISIBILITY_SECONDS
from infra.constructs.webhooks import BATCH_SIZE, TIMEOUT_SECONDS
from outbound.adapters.webhooks.post import CONNECT_SECONDS, SECONDS
from tests.infra.template import Template, listed

TELL = ["EventsFunction", "WebhooksFunction"]


def _buses(service: Template) -> list[str]:
    """Those that we tell on; another is heard by rules."""
    return [name for name in service.of("AWS::Events::EventBus") if "Rules" not in name]


def test_events_and_webhooks_alone_may_tell_on_the_bus(service: Template) -> None:
    (bus,) = _buses(service)
    roles = [name for name in service.of("AWS::IAM::Role") if "Role" in name]
    may = {
        role: statement["Resource"]
        for role in roles
        for statement in service.statements(role)
        if "events:PutEvents" in listed(statement["Action"])
    }

    assert sorted(name.partition("Role")[0] for name in may) == TELL
    assert list(may.values()) == [{"Fn::GetAtt": [bus, "Arn"]}] * 2


def test_whoever_brings_events_sees_webhooks_of_the_catalog_alone(service: Template) -> None:
    for role in TELL:
        on_catalog = [
            found
            for found in service.statements(f"{role}Role")
            if "Catalog" in json.dumps(found["Resource"])
        ]
        conditions = [found["Condition"]["ForAllValues:StringLike"] for found in on_catalog]
        assert conditions == [{"dynamodb:LeadingKeys": ["*#webhook"]}]


def test_webhooks_without_tls_are_for_the_local_run_alone(local: Any, service: Template) -> None:
    assert "OUTBOUND_PLAIN_WEBHOOKS" not in json.dumps(service.body)
    for name in ("Manage", "WebhooksFunction"):
        function = local.service.named("AWS::Lambda::Function", name)
        assert function["Environment"]["Variables"]["OUTBOUND_PLAIN_WEBHOOKS"] == "true"


def test_a_batch_of_slow_systems_ends_before_the_function_does() -> None:
    assert BATCH_SIZE * (SECONDS + CONNECT_SECONDS) < TIMEOUT_SECONDS < VISIBILITY_SECONDS


def test_without_a_bus_nothing_is_told_on_one(
    synthesize_settings: Callable[..., Any], environments: dict[str, Any]
) -> None:
    environments["prod"]["events"] = {"bus": False}
    service = synthesize_settings("prod", environments).service

    assert _buses(service) == []
    assert "events:PutEvents" not in str(service.body)
    assert "OUTBOUND_EVENT_BUS" not in str(service.body)
