"""JSON Schemas of everything that goes in and out, from the models that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pydantic import BaseModel

Schema = dict[str, Any]
PREFIX = "#/components/schemas/"


def name_of(model: type[BaseModel], bodies: Collection[type[BaseModel]]) -> str:
    """What a model is called in the document: `…Model` are models of requests."""
    stem = model.__name__.removesuffix("Model")
    return f"{stem}Request" if model in bodies else stem


def ref(name: str) -> Schema:
    """A reference to a schema of the document."""
    return {"$ref": f"{PREFIX}{name}"}


def schemas_of(
    models: Collection[type[BaseModel]],
    bodies: Collection[type[BaseModel]],
    refinements: Mapping[str, Callable[[Schema, dict[str, Schema]], Schema]],
    words: Mapping[str, Mapping[str, str]],
) -> dict[str, Schema]:
    """The schemas of `models` and of all they are made of, by name.

    `refinements` say of a schema what a model checks by code; they may add schemas. `words` are
    descriptions of properties: {schema: {property: text}}.
    """
    _, made = models_json_schema(
        [(model, "validation") for model in models], ref_template=f"{PREFIX}{{model}}"
    )
    names = {model.__name__: name_of(model, bodies) for model in models}
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
    cleaned = {}
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
