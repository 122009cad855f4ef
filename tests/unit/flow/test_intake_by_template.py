"""Messages by template: the version, the language, the contact, and the variables."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import TemplateRef
from outbound.domain.errors import Refusal
from outbound.domain.locale import Formatting
from outbound.domain.organisation import Organisation
from outbound.domain.variable import Variable, VariableType
from outbound.domain.words import Channel, Purpose
from outbound.flow.deliver import deliver
from outbound.flow.intake import TemplateChoice, accept, rehearse
from outbound.flow.recipient import To
from tests.builders import (
    PHONE,
    TENANT,
    make_contact,
    make_content,
    make_key,
    make_request,
    make_template,
    ref_of,
)

KEY = make_key()


@pytest.fixture
def world(world):
    world.renderer = JinjaRenderer()
    return world


def store(world, text, french=None, publish=True, **changes):
    translations = {"fr": {Channel.SMS: make_content(text=french)}} if french else {}
    draft = make_template(
        {Channel.SMS: make_content(text=text)}, translations=translations, **changes
    )
    return world.templates.put(draft, publish=publish)


def know(world, **changes):
    contact = make_contact("ada", PHONE, **changes)
    world.contacts.add(contact)
    return contact


def request(locale=None, **changes):
    choice = TemplateChoice("shipped", locale=locale)
    return make_request(**{"to": To("ada"), "template": choice, **changes})


def refused(world, **changes):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        accept(request(**changes), KEY, world.intake)
    assert world.snapshot() == before
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


def sent(world):
    return world.carrier.sent[-1].bodies["text"]


@pytest.mark.parametrize(
    ("asked", "contacts", "text", "pinned"),
    [
        (None, None, "Order A-77", None),
        (None, "fr-CA", "Commande A-77", "fr-CA"),
        (None, "ja", "Order A-77", None),
        ("fr", "ja", "Commande A-77", "fr"),
        ("en-GB", "fr", "Order A-77", "en-GB"),
    ],
)
def test_the_language_is_that_of_the_request_else_of_the_contact(
    world, asked, contacts, text, pinned
):
    store(world, "Order {{ order }}", french="Commande {{ order }}")
    know(world, locale=contacts)

    message = accept(request(asked), KEY, world.intake).message

    assert message.template == TemplateRef("shipped", 1, pinned)
    deliver(ref_of(message), world.deliver)
    assert sent(world) == text


def test_a_message_says_at_hand_over_what_it_said_when_it_was_accepted(world):
    text = "{{ contact.attributes.name }}: {{ start|datetime }} {{ message.channel }}"
    store(world, text, french=text)
    data = {"start": "2026-12-24T09:30:00Z"}
    know(
        world,
        locale="fr-CA",
        timezone="America/Toronto",
        attributes={"name": "Ada", "secret": "x"},
    )
    said = rehearse(request(data=data), KEY, world.intake).bodies
    message = accept(request(data=data), KEY, world.intake).message

    body = world.messages.bodies[ref_of(message)]
    assert body.contact == {"attributes": {"name": "Ada"}}
    assert body.formatting == Formatting("fr-CA", "America/Toronto")
    know(world, locale="de", timezone="Europe/Berlin", attributes={})
    store(world, "Something else")
    deliver(ref_of(message), world.deliver)
    assert said == {"text": sent(world)}
    assert "Ada: 24 déc. 2026" in sent(world)
    assert "4 h 30" in sent(world)


def test_nothing_of_the_contact_is_kept_where_nothing_of_it_is_said(world):
    store(world, "Order {{ order }}")
    know(world, locale="fr", timezone="Europe/Paris", attributes={"name": "Ada"})
    message = accept(request(), KEY, world.intake).message
    body = world.messages.bodies[ref_of(message)]
    assert (body.contact, body.formatting) == ({}, None)


def test_a_message_knows_its_id_and_purpose(world):
    store(world, "{{ message.id }} {{ message.purpose }}")
    know(world)
    dry = rehearse(request(), KEY, world.intake).bodies["text"]
    message = accept(request(), KEY, world.intake).message
    deliver(ref_of(message), world.deliver)
    assert sent(world) == f"{message.id} transactional"
    assert len(dry) == len(sent(world))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{{ contact.attributes.plan }}", "/to"),
        ("{{ contact.region }}", "/to"),
        ("{{ contact.email }}", "/to"),
        ("{{ contact.consents }}", "/to"),
        ("{{ organisation.name }}", "/template"),
        ("{{ message.nothing }}", "/template"),
        ("{{ links.unsubscribe }}", "/data/links"),
        ("{{ customer.name }}", "/data/customer"),
    ],
)
def test_what_is_missing_is_named_with_who_lacks_it(world, text, place):
    store(world, text)
    know(world)
    assert refused(world) == [(place, "missing_variable")]


@pytest.mark.parametrize("name", ["contact", "links", "message", "organisation"])
def test_data_have_no_name_of_ours(world, name):
    store(world, "Order {{ order }}")
    know(world)
    assert refused(world, data={"order": 1, name: {}}) == [(f"/data/{name}", "reserved_name")]


def test_declared_variables_are_checked_all_at_once_and_defaults_stand_in(world):
    variables = {
        "order": Variable(),
        "count": Variable(VariableType.INTEGER),
        "name": Variable(default="you"),
    }
    store(world, "{{ name }}: {{ count }} of {{ order }}", variables=variables)
    know(world)

    assert refused(world, data={"count": "two"}) == [
        ("/data/order", "missing_variable"),
        ("/data/count", "invalid_variable"),
    ]
    data = {"order": "A-77", "count": 2}
    message = accept(request(data=data), KEY, world.intake).message
    assert world.messages.bodies[ref_of(message)].data == data
    deliver(ref_of(message), world.deliver)
    assert sent(world) == "you: 2 of A-77"


def test_a_template_without_a_published_version_is_sent_only_by_version(world):
    store(world, "Order {{ order }}", publish=False)
    know(world)
    assert refused(world) == [("/template", "unknown_template")]
    named = request(template=TemplateChoice("shipped", 1))
    assert accept(named, KEY, world.intake).message.template == TemplateRef("shipped", 1)


def test_a_partial_is_not_sent_by_itself(world):
    store(world, "Bye", purpose=None)
    know(world)
    assert refused(world) == [("/template", "wrong_purpose")]


def test_who_has_no_locale_and_zone_gets_those_of_the_tenant(world):
    store(world, "{{ start|time }}", french="à {{ start|time }}")
    know(world)
    world.organisations.put(TENANT, Organisation(locale="fr-CA", timezone="Europe/Paris"))
    data = {"start": "2026-12-24T09:30:00Z"}

    asked = request(data=data)
    inline = make_request(to=To("ada"), content=make_content(text="{{ start|time }}"), data=data)

    assert rehearse(asked, KEY, world.intake).bodies["text"] == "à 10 h 30"
    assert rehearse(inline, KEY, world.intake).bodies["text"] == "10 h 30"


def test_the_tenants_settings_are_read_only_where_they_count(world):
    store(world, "Order {{ order }}")
    know(world)
    accept(request(), KEY, world.intake)
    assert world.organisations.reads == 0


def test_inline_content_is_written_for_the_contact_too(world):
    content = make_content(text="{{ amount|money('EUR') }}")
    know(world, locale="de")
    asked = make_request(to=To("ada"), content=content, data={"amount": 12.5})
    message = accept(asked, KEY, world.intake).message
    world.contacts.add(replace(make_contact("ada", PHONE), locale="en", version=2))
    world.clock.advance(timedelta(seconds=1))
    deliver(ref_of(message), world.deliver)
    assert sent(world) == "12,50 €"
    assert message.purpose is Purpose.TRANSACTIONAL
