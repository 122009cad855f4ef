"""What the emulator forgets of a deployment, set by its own API; AWS needs nothing of this."""

import json
from typing import Any

from infra.local.deploy import OUTPUT, aws
from infra.local.places import SERVICE_STACK, Places


def mend(found: Places, api_id: str) -> None:
    _allow_origins(found, api_id)
    _expire_items(found)


def _allow_origins(found: Places, api_id: str) -> None:
    apis = _resources("AWS::ApiGatewayV2::Api")
    for properties in apis:
        if "CorsConfiguration" in properties:
            aws("apigatewayv2", found).update_api(
                ApiId=api_id, CorsConfiguration=properties["CorsConfiguration"]
            )


def _expire_items(found: Places) -> None:
    tables = aws("dynamodb", found)
    for name in tables.list_tables()["TableNames"]:
        tables.update_time_to_live(
            TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"}
        )


def _resources(kind: str) -> list[dict[str, Any]]:
    template = json.loads((OUTPUT / f"{SERVICE_STACK}.template.json").read_text())
    return [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == kind
    ]
