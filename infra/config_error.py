"""Turns what is wrong with a setting into one sentence that says what to set, and where."""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from typing import get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails


class ConfigError(Exception):
    """A setting in cdk.json, or the chosen environment, is missing or wrong."""


def choices(allowed: Iterable[object]) -> str:
    return f"choose one of {', '.join(str(value) for value in allowed)}"


def explain(path: str, error: ValidationError, model: type[BaseModel]) -> str:
    """One sentence on the first error, and how many more there are."""
    errors = error.errors()
    more = len(errors) - 1
    return _sentence(path, errors[0], model) + (f" ({more} more after this one)" if more else "")


def _sentence(path: str, error: ErrorDetails, model: type[BaseModel]) -> str:
    where = ".".join([path, *(str(step) for step in error["loc"])])
    if error["type"] == "missing":
        return f"{where} is missing: set it in cdk.json"
    if error["type"] == "extra_forbidden":
        return f"{where} is not a setting: {_meant(error, model)}"
    value = json.dumps(error["input"], ensure_ascii=False, default=str)
    return f"{where} is {value}: {_wanted(error)}; set it in cdk.json"


def _meant(error: ErrorDetails, model: type[BaseModel]) -> str:
    *parents, name = (str(step) for step in error["loc"])
    close = get_close_matches(name, _names(model, parents), n=1)
    return f"use {close[0]} in cdk.json" if close else "remove it from cdk.json"


def _names(model: type[BaseModel], parents: list[str]) -> list[str]:
    steps = iter(parents)
    for parent in steps:
        annotation = model.model_fields[parent].annotation
        model = _nested(annotation)
        if get_origin(annotation) is dict:
            # The key of a mapping (a country, a tenant) is no field.
            next(steps, None)
    return [field.alias or name for name, field in model.model_fields.items()]


def _nested(annotation: object) -> type[BaseModel]:
    of = get_args(annotation)[1] if get_origin(annotation) is dict else annotation
    assert isinstance(of, type) and issubclass(of, BaseModel)
    return of


def _wanted(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return str(context["error"])
        case "literal_error":
            return f"choose one of {context['expected'].replace(chr(39), '')}"
        case "string_pattern_mismatch":
            return f"it must match {context['pattern']}"
    return f"it {error['msg'].removeprefix('Input ')}"
