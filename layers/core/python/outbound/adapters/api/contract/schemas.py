"""JSON Schemas of everything that goes in and out, from the models that read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pydantic import BaseModel

Schema = dict[str, Any]
Refine = Callable[[Schema, dict[str, Schema]], Schema]
"""Gives a schema as it should be; may change or add others."""
NOTHING: Schema = {"type": "null"}
PREFIX = "#/components/schemas/"


def name_of(model: type[BaseModel], bodies: Collection[type[BaseModel]]) -> str:
    """What a model is called in the document: `…Model` are models of requests."""
    stem = model.__name__.removesuffix("Model")
    return f"{stem}Request" if model in bodies else stem


def ref(name: str) -> Schema:
    """A reference to a schema of the document."""
    return {"$ref": f"{PREFIX}{name}"}


def value_of(schema: Schema) -> Schema:
    """The schema of what a property holds where it isn't null."""
    kinds: list[Schema] = schema.get("anyOf", [schema])
    return next(kind for kind in kinds if kind.get("type") != "null")


def shape(schema: Schema, name: str, **keywords: Any) -> None:
    """Say of a property what its model checks by code."""
    value_of(schema["properties"][name]).update(keywords)


def variant(
    schema: Schema, required: Iterable[str], absent: Iterable[str] = (), **own: Schema
) -> Schema:
    """An object in which some properties must be there, and others must not or be null.

    `own` are properties that are another schema here.
    """
    needed, missing = set(required), set(absent)
    properties = {}
    for name, said in schema["properties"].items():
        described = {"description": said["description"]} if "description" in said else {}
        if name in missing:
            properties[name] = NOTHING
        elif name in own:
            properties[name] = {**own[name], **described}
        else:
            properties[name] = {**value_of(said), **described} if name in needed else said
    order = [name for name in properties if name in needed | set(schema.get("required", ()))]
    return {
        "type": "object",
        "properties": properties,
        "required": order,
        "additionalProperties": False,
    }


def schemas_of(
    models: Collection[type[BaseModel]],
    bodies: Collection[type[BaseModel]],
    refinements: Mapping[str, Refine],
    words: Mapping[str, Mapping[str, str]],
) -> dict[str, Schema]:
    """The schemas of `models` and of all they are made of, by name.

    `refinements` say of a schema what its model checks by code. `words` are
    descriptions of properties: {schema: {property: text}}.
    """
    keys, made = models_json_schema(
        [(model, "validation") for model in models], ref_template=f"{PREFIX}{{model}}"
    )
    names = {
        keys[model, "validation"]["$ref"].removeprefix(PREFIX): name_of(model, bodies)
        for model in models
    }
    renamed = {key: names.get(key, key.removesuffix("Model")) for key in made["$defs"]}
    assert len(set(renamed.values())) == len(renamed), "two models have the same name"
    schemas = {renamed[key]: _clean(value, renamed) for key, value in made["$defs"].items()}
    for name, properties in words.items():
        for each, text in properties.items():
            schemas[name]["properties"][each]["description"] = text
    for name, refine in refinements.items():
        schemas[name] = refine(schemas[name], schemas)
    return dict(sorted(schemas.items()))


def _clean(value: Any, renamed: Mapping[str, str]) -> Any:
    """Without what pydantic adds and nobody reads; with the names of the document."""
    if isinstance(value, list):
        return [_clean(each, renamed) for each in value]
    if not isinstance(value, dict):
        return value
    cleaned: dict[str, Any] = {}
    for key, each in value.items():
        if key == "properties":
            cleaned[key] = {name: _clean(schema, renamed) for name, schema in each.items()}
        elif key == "$ref":
            cleaned[key] = PREFIX + renamed[each.removeprefix(PREFIX)]
        elif (key == "title" and isinstance(each, str)) or (key == "default" and each is None):
            continue
        else:
            cleaned[key] = _clean(each, renamed)
    return cleaned
