"""Reads synthesized templates: resources by type, statements by role."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Properties = dict[str, Any]


@dataclass(frozen=True)
class Template:
    body: dict[str, Any]

    def resources(self, kind: str) -> dict[str, dict[str, Any]]:
        return {
            name: resource
            for name, resource in self.body["Resources"].items()
            if resource["Type"] == kind
        }

    def of(self, kind: str) -> dict[str, Properties]:
        return {name: found["Properties"] for name, found in self.resources(kind).items()}

    def only(self, kind: str) -> Properties:
        (found,) = self.of(kind).values()
        return found

    def named(self, kind: str, prefix: str) -> Properties:
        (found,) = [value for name, value in self.of(kind).items() if name.startswith(prefix)]
        return found

    def statements(self, role_prefix: str) -> list[dict[str, Any]]:
        """What the role whose logical id starts so may do."""
        return [
            statement
            for policy in self.of("AWS::IAM::Policy").values()
            if policy["Roles"][0]["Ref"].startswith(role_prefix)
            for statement in policy["PolicyDocument"]["Statement"]
        ]

    def queue_policy(self, queue: str) -> list[dict[str, Any]]:
        return [
            statement
            for policy in self.of("AWS::SQS::QueuePolicy").values()
            if policy["Queues"] == [{"Ref": queue}]
            for statement in policy["PolicyDocument"]["Statement"]
        ]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def actions(statements: list[dict[str, Any]]) -> set[str]:
    return {action for statement in statements for action in listed(statement["Action"])}


def resources(statements: list[dict[str, Any]]) -> Iterator[str]:
    for statement in statements:
        for resource in listed(statement.get("Resource", [])):
            yield json.dumps(resource)
