"""Storing templates, version by version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.templates import (
    Stored,
    get,
    heads,
    publish,
    put,
    versions,
    withdraw,
)
from tests.builders import TENANT, make_content, make_key, make_template

SMS = {Channel.SMS: make_content(text="Order {{ order }}")}
OTHER = {Channel.SMS: make_content(text="Your order {{ order }}")}


def store(world, contents=SMS, *, publish=True, **changes):
    draft = make_template(contents, created_at=world.clock.now(), **changes)
    stored, new = put(draft, world.template_ports, publish=publish)
    return stored.template, new


def test_each_change_makes_a_version_and_leaves_the_earlier_ones(world):
    first, is_new = store(world)
    world.clock.advance(timedelta(hours=1))
    second, is_new_too = store(world, OTHER)
    assert (is_new, is_new_too) == (True, True)
    assert (first.version, second.version) == (1, 2)
    assert get("shipped", 1, make_key(), world.template_ports) == Stored(first, False)
    assert get("shipped", None, make_key(), world.template_ports) == Stored(second, True)
    assert (first.contents, second.created_at) == (SMS, world.clock.now())


def test_unchanged_content_makes_no_version(world):
    first, _ = store(world)
    world.clock.advance(timedelta(hours=1))
    same = {Channel.SMS: make_content(text="Order {{ order }}")}
    assert store(world, same) == (first, False)
    assert len(world.templates) == 1


def test_going_back_to_earlier_content_makes_a_version(world):
    for contents in (SMS, OTHER, SMS):
        store(world, contents)
    assert get("shipped", None, make_key(), world.template_ports).template.version == 3


@pytest.mark.parametrize(
    ("contents", "purpose"),
    [
        (SMS, Purpose.INFORMATIONAL),
        ({**SMS, Channel.EMAIL: make_content(Channel.EMAIL)}, Purpose.TRANSACTIONAL),
    ],
)
def test_another_purpose_or_channel_makes_a_version(world, contents, purpose):
    store(world)
    assert store(world, contents, purpose=purpose)[0].version == 2


def test_each_tenant_has_its_own(world):
    store(world)
    theirs, is_new = store(world, OTHER, tenant="other")
    assert (theirs.version, is_new) == (1, True)
    assert get("shipped", None, make_key(), world.template_ports).template.contents == SMS


def test_bad_bodies_are_named_by_channel_and_body(world):
    contents = {
        Channel.SMS: make_content(text="{% for %}"),
        Channel.VOICE: make_content(Channel.VOICE, text="Hello"),
        Channel.EMAIL: make_content(Channel.EMAIL, subject="{{ order", text="Hello"),
    }
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        store(world, contents)
    assert refusal.value.code == "forbidden_template"
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        ("/channels/sms/text", "forbidden_template"),
        ("/channels/email/subject", "invalid_template"),
    ]
    assert world.snapshot() == before


@pytest.mark.parametrize(("template_id", "version"), [("nothing", None), ("shipped", 2)])
def test_an_unknown_template_or_version_is_said_to_be_unknown(world, template_id, version):
    store(world)
    with pytest.raises(Refusal) as refusal:
        get(template_id, version, make_key(), world.template_ports)
    assert refusal.value.code == "unknown_template_id"


def test_another_tenants_template_is_unknown(world):
    store(world)
    with pytest.raises(Refusal):
        get("shipped", None, make_key(tenant=TENANT + "2"), world.template_ports)


def latest(world, template_id="shipped"):
    return get(template_id, None, make_key(), world.template_ports)


def sent(world):
    """What is sent where no version is named."""
    return world.templates.get(TENANT, "shipped")


def test_a_version_that_is_not_published_is_not_sent(world):
    first, _ = store(world)
    second, _ = store(world, OTHER, publish=False)
    assert latest(world) == Stored(second, False)
    assert sent(world) == first

    publish("shipped", 2, make_key(), world.template_ports)
    assert sent(world) == second


def test_the_same_again_publishes_what_was_not_published(world):
    store(world, publish=False)
    assert sent(world) is None
    template, is_new = store(world)
    assert (is_new, sent(world)) == (False, template)
    store(world, publish=False)
    assert sent(world) == template


def test_an_earlier_version_can_be_published_again(world):
    first, _ = store(world)
    store(world, OTHER)
    world.clock.advance(timedelta(hours=1))

    stored = publish("shipped", 1, make_key(), world.template_ports)

    assert stored == Stored(first, True)
    assert sent(world) == first
    head = world.templates.head(TENANT, "shipped")
    assert (head.latest, head.published, head.updated_at) == (2, 1, world.clock.now())


def test_a_withdrawn_template_is_sent_only_by_version_and_can_come_back(world):
    first, _ = store(world)
    assert withdraw("shipped", make_key(), world.template_ports).published is None
    assert withdraw("shipped", make_key(), world.template_ports).published is None
    assert sent(world) is None
    assert world.templates.get(TENANT, "shipped", 1) == first
    publish("shipped", 1, make_key(), world.template_ports)
    assert sent(world) == first


@pytest.mark.parametrize(("template_id", "version"), [("nothing", 1), ("shipped", 2)])
def test_only_what_is_there_is_published(world, template_id, version):
    store(world)
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        publish(template_id, version, make_key(), world.template_ports)
    assert refusal.value.code == "unknown_template_id"
    assert world.snapshot() == before


def test_templates_and_versions_are_listed_page_by_page(world):
    for name in ("b", "a", "c"):
        store(world, template_id=name)
    store(world, OTHER, template_id="a", publish=False)
    store(world, template_id="theirs", tenant="other")
    key, ports = make_key(), world.template_ports

    first = heads(key, ports, limit=2, after=None)
    second = heads(key, ports, limit=2, after=first.after)
    head, page = versions("a", key, ports, limit=1, before=None)
    _, rest = versions("a", key, ports, limit=1, before=page.before)

    assert [each.id for each in (*first.heads, *second.heads)] == ["a", "b", "c"]
    assert second.after is None
    assert (head.published, [each for each, _ in page.versions]) == (1, [2])
    assert ([each for each, _ in rest.versions], rest.before) == ([1], None)
    with pytest.raises(Refusal):
        versions("theirs", key, ports, limit=1, before=None)
