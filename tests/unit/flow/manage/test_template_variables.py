"""What a template declares is held against what it uses."""

from __future__ import annotations

import pytest

from outbound.domain.calendar import PREFIX
from outbound.domain.errors import Refusal
from outbound.domain.variable import Variable, VariableType
from outbound.domain.words import Channel
from outbound.flow.manage.templates import put
from tests.builders import make_content, make_template

DRUG = {"name": Variable(), "drug": Variable(sensitive=True)}


def refused(world, **changes):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        put(make_template(**changes), world.template_ports)
    assert world.snapshot() == before
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("channel", "bodies", "body"),
    [
        (Channel.SMS, {"text": "{{ drug }}"}, "text"),
        (Channel.VOICE, {"text": "{{ drug }}"}, "text"),
        (Channel.VOICE, {"ssml": "{{ drug }}"}, "ssml"),
        (Channel.EMAIL, {"subject": "{{ drug }}", "text": "{{ name }}"}, "subject"),
        (Channel.EMAIL, {"text": "a", f"{PREFIX}summary": "{{ drug }}"}, f"{PREFIX}summary"),
        (Channel.EMAIL, {"text": "a", f"{PREFIX}location": "{{ drug }}"}, f"{PREFIX}location"),
    ],
)
def test_what_is_sensitive_stands_nowhere_that_others_look(world, channel, bodies, body):
    contents = {channel: make_content(channel, **bodies)}
    faults = refused(world, contents=contents, variables=DRUG)
    assert faults == [(f"/channels/{channel}/{body}", "sensitive_variable")]


def test_a_translation_is_looked_at_too(world):
    faults = refused(
        world,
        contents={Channel.SMS: make_content(text="{{ name }}")},
        translations={"fr": {Channel.SMS: make_content(text="{{ drug }}")}},
        variables=DRUG,
    )
    assert faults == [("/locales/fr/sms/text", "sensitive_variable")]


def test_what_is_sensitive_may_stand_inside_an_email(world):
    contents = {Channel.EMAIL: make_content(Channel.EMAIL, subject="Hi", text="{{ drug }}")}
    assert put(make_template(contents, variables=DRUG), world.template_ports)[1]


def test_where_variables_are_declared_none_is_used_that_is_not(world):
    assert refused(world, variables=DRUG) == [("/channels/sms/text", "invalid_template")]


@pytest.mark.parametrize("name", ["contact", "links", "message", "organisation"])
def test_a_name_of_ours_is_not_declared_but_used(world, name):
    contents = {Channel.SMS: make_content(text="{{ " + name + ".id }}")}
    declared = {name: Variable()}
    assert put(make_template(contents, variables={"a": Variable()}), world.template_ports)[1]
    assert refused(world, contents=contents, variables=declared) == [
        (f"/variables/{name}", "reserved_name")
    ]


def test_defaults_and_examples_are_of_the_declared_type(world):
    variables = {"order": Variable(VariableType.NUMBER, default="one", example=1)}
    assert refused(world, variables=variables) == [("/variables/order/default", "invalid_template")]


def test_a_channel_is_translated_only_where_there_is_a_default(world):
    translations = {"fr": {Channel.VOICE: make_content(Channel.VOICE)}}
    assert refused(world, translations=translations) == [("/locales/fr/voice", "invalid_template")]
