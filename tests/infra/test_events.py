"""The bus: one of the environment, on which one function alone tells events."""

from collections.abc import Callable
from typing import Any

from tests.infra.template import Template, listed


def test_the_function_of_events_alone_may_tell_on_the_bus(service: Template) -> None:
    (bus,) = service.of("AWS::Events::EventBus")
    roles = [name for name in service.of("AWS::IAM::Role") if "Role" in name]
    may = {
        role: statement["Resource"]
        for role in roles
        for statement in service.statements(role)
        if "events:PutEvents" in listed(statement["Action"])
    }

    assert [name for name in may if name.startswith("EventsFunctionRole")] == list(may)
    assert list(may.values()) == [{"Fn::GetAtt": [bus, "Arn"]}]


def test_without_a_bus_nothing_is_told_on_one(
    synthesize_settings: Callable[..., Any], environments: dict[str, Any]
) -> None:
    environments["prod"]["events"] = {"bus": False}
    service = synthesize_settings("prod", environments).service

    assert service.of("AWS::Events::EventBus") == {}
    assert "events:PutEvents" not in str(service.body)
    function = service.named("AWS::Lambda::Function", "EventsFunction")
    assert "OUTBOUND_EVENT_BUS" not in function["Environment"]["Variables"]
