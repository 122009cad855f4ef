"""Moto, saying the same in less time: half of what tests on it take is copying and spelling out.

For each item of a transaction it copies the whole table, of each attribute that it answers it asks
what all ten possible members of its shape are, and for each query it puts the table in order by
comparing attributes of any kind. Bytes, which no table of ours holds, are left to moto. For each
request it looks what methods its answerer has, and as it begins it has boto3 forget the models of
services, which are read again from files of megabytes.
"""

from __future__ import annotations

import copy
from functools import cache
from threading import local
from types import SimpleNamespace
from typing import Any

from botocore import session
from moto.core import responses, serialize
from moto.dynamodb import models
from moto.dynamodb.models import dynamo_type, table

_backends: Any = models.DynamoDBBackend
_serializers: Any = serialize.JSONSerializer
_sessions: Any = session
_responses: Any = responses
_loader = _sessions.create_loader
_models: dict[Any, Any] = {}
_types: Any = dynamo_type
_spelled_out = _serializers._serialize_type_structure
_transacted = _backends.transact_write_items
_cast: Any = _types.DynamoType.cast_value.fget
_transaction = local()
_PLAIN = {"S", "N", "BOOL", "NULL"}
_SETS = {"SS", "NS"}


def make_quick() -> None:
    """From now on, in this process."""
    _types.DynamoType.__deepcopy__ = lambda value, _: _copied(value)
    _types.DynamoType.cast_value = property(_cast_quickly)
    _types.Item.__deepcopy__ = lambda item, _: _item_copied(item)
    vars(table)["Table"].all_items = _in_order
    _serializers._serialize_type_structure = _serialized
    _backends.transact_write_items = _transact
    vars(models)["copy"] = SimpleNamespace(deepcopy=_deepcopy)
    _sessions.create_loader = _loader_that_remembers
    _responses.method_names_from_class = _method_names


def _loader_that_remembers(*arguments: Any) -> Any:
    loader = _loader(*arguments)
    loader._cache = _models
    return loader


_method_names = cache(_responses.method_names_from_class)


def _transact(backend: Any, items: Any) -> Any:
    _transaction.tables = {}
    try:
        return _transacted(backend, items)
    finally:
        del _transaction.tables


def _deepcopy(value: Any) -> Any:
    """All copies of tables are made before the first write of a transaction, so one will do."""
    tables = getattr(_transaction, "tables", None)
    if tables is None or not isinstance(value, table.Table):
        return copy.deepcopy(value)
    if id(value) not in tables:
        tables[id(value)] = copy.deepcopy(value)
    return tables[id(value)]


def _cast_quickly(value: Any) -> Any:
    return value.value if value.type == "S" else _cast(value)


def _in_order(table: Any) -> list[Any]:
    ranged = table.range_key_attr
    found = [
        item
        for hashed in table.items.values()
        for item in (hashed.values() if ranged else (hashed,))
    ]
    return sorted(found, key=_place)


def _place(item: Any) -> Any:
    place = item.hash_key.cast_value
    return (place, item.range_key.cast_value) if item.range_key else place


def _copied(value: Any) -> Any:
    copied = object.__new__(_types.DynamoType)
    copied.type, held = value.type, value.value
    if isinstance(held, list):
        held = [_copied(each) if isinstance(each, _types.DynamoType) else each for each in held]
    elif isinstance(held, dict):
        held = {name: _copied(each) for name, each in held.items()}
    copied.value = held
    return copied


def _item_copied(item: Any) -> Any:
    copied = object.__new__(_types.Item)
    copied.hash_key = _copied(item.hash_key)
    copied.range_key = _copied(item.range_key) if item.range_key is not None else None
    copied.attrs = _types.LimitedSizeDict.__new__(_types.LimitedSizeDict)
    for name, value in item.attrs.items():
        dict.__setitem__(copied.attrs, name, _copied(value))
    return copied


def _serialized(serializer: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    if shape.name == "AttributeValue":
        try:
            serialized[key] = _written(value)
        except KeyError:
            pass
        else:
            return
    _spelled_out(serializer, serialized, value, shape, key)


def _written(value: Any) -> dict[str, Any]:
    held: Any
    if isinstance(value, _types.DynamoType):
        kind, held = value.type, value.value
    else:
        kind, held = next(iter(value.items()), ("nothing", None))
    if kind in _PLAIN:
        return {kind: str(held) if kind == "N" else held}
    if kind in _SETS:
        return {kind: [str(each) for each in held]}
    if kind == "L":
        return {kind: [_written(each) for each in held]}
    if kind == "M":
        return {kind: {name: _written(each) for name, each in held.items()}}
    raise KeyError(kind)
