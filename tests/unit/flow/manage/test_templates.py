"""Storing templates, version by version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.templates import get, put
from tests.builders import TENANT, make_content, make_key

SMS = {Channel.SMS: make_content(text="Order {{ order }}")}
OTHER = {Channel.SMS: make_content(text="Your order {{ order }}")}


def store(world, contents=SMS, purpose=Purpose.TRANSACTIONAL, key=None):
    return put("shipped", purpose, contents, key or make_key(), world.template_ports)


def test_each_change_makes_a_version_and_leaves_the_earlier_ones(world):
    first, is_new = store(world)
    world.clock.advance(timedelta(hours=1))
    second, is_new_too = store(world, OTHER)
    assert (is_new, is_new_too) == (True, True)
    assert (first.version, second.version) == (1, 2)
    assert get("shipped", 1, make_key(), world.template_ports) == first
    assert get("shipped", None, make_key(), world.template_ports) == second
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
    assert get("shipped", None, make_key(), world.template_ports).version == 3


@pytest.mark.parametrize(
    ("contents", "purpose"),
    [
        (SMS, Purpose.MARKETING),
        ({**SMS, Channel.VOICE: make_content(Channel.VOICE)}, Purpose.TRANSACTIONAL),
    ],
)
def test_another_purpose_or_channel_makes_a_version(world, contents, purpose):
    store(world)
    assert store(world, contents, purpose)[0].version == 2


def test_each_tenant_has_its_own(world):
    store(world)
    theirs, is_new = store(world, OTHER, key=make_key(tenant="other"))
    assert (theirs.version, is_new) == (1, True)
    assert get("shipped", None, make_key(), world.template_ports).contents == SMS


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
