"""What the emulator forgets of a deployment, set by its own API; AWS needs nothing of this."""

import json
import os
from typing import Any

from infra.local.deploy import OUTPUT, aws
from infra.local.places import SERVICE_STACK, Places


def mend(found: Places, api_id: str) -> None:
    _allow_origins(found, api_id)
    _expire_items(found)
    _share_layers(found)


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


def _share_layers(found: Places) -> None:
    """Each worker would unpack the layers for itself: thousands of files, seconds of each start."""
    assets = [
        layer["Content"]["S3Key"].removesuffix(".zip")
        for layer in _resources("AWS::Lambda::LayerVersion")
    ]
    shared = os.pathsep.join(str(OUTPUT / f"asset.{asset}" / "python") for asset in assets)
    functions = aws("lambda", found)
    for function in functions.list_functions()["Functions"]:
        if function.get("Layers"):
            variables = function["Environment"]["Variables"] | {"PYTHONPATH": shared}
            functions.update_function_configuration(
                FunctionName=function["FunctionName"],
                Layers=[],
                Environment={"Variables": variables},
            )


def _resources(kind: str) -> list[dict[str, Any]]:
    template = json.loads((OUTPUT / f"{SERVICE_STACK}.template.json").read_text())
    return [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == kind
    ]
