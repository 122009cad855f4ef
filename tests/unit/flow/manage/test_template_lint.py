"""Templates are looked at when they are stored and when they are published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.errors import Refusal
from outbound.domain.organisation import NOBODY, Organisation
from outbound.domain.variable import Variable
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.templates import publish, put
from tests.builders import TENANT, make_content, make_key, make_template

CLINIC = Organisation("Clinic", "12 Green Street", "+15035550142")
OFFER = {
    Channel.EMAIL: make_content(
        Channel.EMAIL,
        subject="Offers",
        text="{{ offer }}\n{{ organisation.postal_address }}\n{{ links.unsubscribe }}",
    )
}
SALE = {Channel.SMS: make_content(text="Sale: {{ offer }}")}
CALL = {
    Channel.VOICE: make_content(
        Channel.VOICE, text="{{ organisation.name }} here. Call {{ phone }}, {{ phone }}."
    )
}


@pytest.fixture
def world(world):
    world.renderer = JinjaRenderer()
    world.organisations.put(TENANT, CLINIC)
    return world


def store(world, contents, purpose=Purpose.MARKETING, **changes):
    draft = make_template(contents, purpose=purpose, **changes)
    return put(draft, world.template_ports)[0]


def refused(world, *arguments, **named):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        store(world, *arguments, **named)
    assert refusal.value.code == "broken_rule"
    assert world.snapshot() == before
    return {(fault.pointer, fault.code) for fault in refusal.value.faults}


def test_what_breaks_no_rule_is_stored(world):
    assert store(world, OFFER).findings == ()


def test_what_breaks_a_rule_is_refused_with_its_places_and_laws(world):
    contents = {
        Channel.EMAIL: make_content(Channel.EMAIL, subject="Offers", text="{{ offer }}"),
        **SALE,
    }
    assert refused(world, contents) == {
        ("/channels/email/text", "email.postal-address"),
        ("/channels/email/text", "email.unsubscribe"),
        ("/channels/sms/text", "sms.opt-out"),
    }
    with pytest.raises(Refusal) as refusal:
        store(world, SALE)
    assert "47 CFR 64.1200" in refusal.value.faults[0].message


def test_every_locale_is_looked_at(world):
    stop = {Channel.SMS: make_content(text="Clinic: sale. Reply STOP to end.")}
    broken = refused(world, stop, translations={"de": SALE})
    assert broken == {("/locales/de/sms/text", "sms.opt-out")}


def test_every_branch_of_a_condition_is_looked_at(world):
    text = "Clinic: sale.{% if short %} STOP to end{% else %} Come and see our offers{% endif %}"
    contents = {Channel.SMS: make_content(text=text)}
    assert refused(world, contents) == {("/channels/sms/text", "sms.opt-out")}
    with pytest.raises(Refusal) as refusal:
        store(world, contents)
    assert "another branch of a condition" in refusal.value.faults[0].message
    both = text.replace("offers", "offers. Reply STOP to end")
    assert store(world, {Channel.SMS: make_content(text=both)}).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "{% if l == 'a' %}STOP{% elif l == 'b' %}STOP{% elif l == 'c' %}never{% elif l == 'd' %}"
        "STOP{% else %}STOP{% endif %}",
        "{% for each in offers %}{{ each }} Reply STOP{% endfor %}",
        "{% if links is defined %}Reply STOP{% endif %}",
        "{% for organisation in all %}{% if organisation.name %}Reply STOP{% endif %}"
        "{% else %}STOP{% endfor %}",
    ],
)
def test_a_branch_that_lacks_what_the_law_wants_is_found_wherever_it_is(world, text):
    contents = {Channel.SMS: make_content(text="Clinic: sale. " + text)}
    assert refused(world, contents) == {("/channels/sms/text", "sms.opt-out")}


def test_two_conditions_that_deny_each_other_are_one(world):
    text = (
        "{% if l == 'de' %}Ende mit STOP{% endif %}{% if l != 'de' %}Reply STOP to end{% endif %}"
    )
    assert store(world, {Channel.SMS: make_content(text="Clinic: " + text)}).findings == ()


def test_a_warning_of_one_branch_hides_no_error_of_another(world):
    text = (
        "<speak>{{ organisation.name }}, {{ organisation.phone }}, {{ organisation.phone }}. "
        "<prosody rate='{{ r }}'>Hi</prosody>{% if a %}x{% else %}<p>{% endif %}</speak>"
    )
    contents = {Channel.VOICE: make_content(Channel.VOICE, ssml=text)}
    assert ("/channels/voice/ssml", "voice.markup") in refused(
        world, contents, Purpose.INFORMATIONAL
    )


def test_what_both_branches_say_is_told_once(world):
    text = "SALE TODAY, {% if vip %}DEAR FRIEND{% else %}ALL OF YOU{% endif %}. REPLY STOP TO END."
    stored = store(world, {Channel.SMS: make_content(text=text)})
    assert [each.rule for each in stored.findings] == ["sms.sender-name", "shouting"]


def test_warnings_come_along_and_keep_nothing_from_being_stored(world):
    stored = store(world, {Channel.SMS: make_content(text="SALE TODAY. REPLY STOP TO END.")})
    assert [(each.rule, each.place) for each in stored.findings] == [
        ("sms.sender-name", "/channels/sms/text"),
        ("shouting", "/channels/sms/text"),
    ]
    assert store(world, dict(stored.template.contents)).findings == stored.findings


def test_examples_of_variables_are_known(world):
    assert refused(world, CALL, Purpose.INFORMATIONAL) == {("/channels/voice/text", "voice.number")}
    variables = {"phone": Variable(example="503 555 0142")}
    assert store(world, CALL, Purpose.INFORMATIONAL, variables=variables).findings == ()


def test_a_layout_may_say_what_the_law_wants(world):
    footer = "{% block body %}{% endblock %} {{ organisation.postal_address }} "
    layout = make_content(Channel.EMAIL, text=footer + "{{ links.preferences }}")
    assert store(world, {Channel.EMAIL: layout}, None, template_id="base").findings == ()
    text = '{% extends "base" %}{% block body %}Offers{% endblock %}'
    within = {Channel.EMAIL: make_content(Channel.EMAIL, subject="Offers", text=text)}
    assert store(world, within).findings == ()


def test_what_was_right_may_be_wrong_when_it_is_published(world):
    stored = store(world, OFFER).template
    world.organisations.put(TENANT, NOBODY)
    with pytest.raises(Refusal) as refusal:
        publish(stored.id, stored.version, make_key(), world.template_ports)
    assert "PUT /v1/settings" in refusal.value.faults[0].message
    world.organisations.put(TENANT, replace(CLINIC, postal_address="1 Other Street"))
    assert publish(stored.id, stored.version, make_key(), world.template_ports).findings == ()


@pytest.mark.parametrize("locale", ["en-UK", "jp", "xx-FR", "fr-XX"])
def test_a_locale_that_nobody_reads_is_told_at_its_place(world, locale):
    text = {Channel.SMS: make_content(text="Order {{ order }} has shipped.")}
    stored = store(
        world, text, Purpose.TRANSACTIONAL, locale=locale, translations={locale: text, "de": text}
    )
    assert [(each.rule, each.severity, each.place) for each in stored.findings] == [
        ("locale", "warning", "/locale"),
        ("locale", "warning", f"/locales/{locale}"),
    ]


@pytest.mark.parametrize("locale", ["en-FR", "es-419", "zh-Hant-TW", "sr-Latn", "fil", "ar-001"])
def test_a_locale_that_somebody_reads_is_left_alone(world, locale):
    text = {Channel.SMS: make_content(text="Order {{ order }} has shipped.")}
    stored = store(world, text, Purpose.TRANSACTIONAL, translations={locale: text})
    assert stored.findings == ()
