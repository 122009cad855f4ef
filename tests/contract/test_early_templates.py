"""Templates from before one could publish: their heads lie by their versions."""

from __future__ import annotations

import json

import pytest

from outbound.adapters.dynamodb.templates import DynamoTemplates
from outbound.domain.words import Channel
from tests.builders import TENANT, make_content, make_template

EARLY = {Channel.SMS: make_content(text="Early {{ order }}")}


@pytest.fixture
def templates(table):
    catalog = table("catalog")
    item = {
        "purpose": "transactional",
        "contents": json.dumps({"sms": {"text": "Early {{ order }}"}}),
        "created_at": "2026-11-23T16:40:00.123Z",
    }
    pk = f"{TENANT}#template"
    catalog.put({"pk": pk, "sk": "shipped#00000001", **item})
    catalog.put({"pk": pk, "sk": "shipped", "version": 1})
    return DynamoTemplates(catalog)


def test_their_latest_version_is_published(templates):
    assert templates.get(TENANT, "shipped") == make_template(EARLY, version=1)


def test_their_next_version_follows_and_is_published_or_not(templates):
    assert templates.put(make_template(), publish=False).version == 2
    assert templates.get(TENANT, "shipped").version == 1
    assert [head.id for head in templates.heads(TENANT, limit=9, after=None).heads] == ["shipped"]
    assert templates.put(make_template(), publish=True).version == 3
    assert templates.get(TENANT, "shipped").version == 3
