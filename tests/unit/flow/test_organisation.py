"""`organisation` in bodies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.errors import Refusal
from outbound.domain.organisation import Organisation
from outbound.flow.deliver import deliver
from outbound.flow.intake import accept, rehearse
from tests.builders import TENANT, make_content, make_key, make_request, ref_of

SIGNED = make_content(text="Order {{ order }}. {{ organisation.name }}")


@pytest.fixture
def world(world):
    world.organisations.put(TENANT, Organisation(name="Acme", phone="+15035550142"))
    return world


def body_of(world, message):
    return world.messages.claim(
        ref_of(message), now=world.clock.now(), lease=world.deliver.lease
    ).body


def test_a_body_says_who_writes(world):
    rehearsed = rehearse(make_request(content=SIGNED), make_key(), world.intake)
    assert rehearsed.bodies == {"text": "Order A-77. Acme"}


def test_a_message_says_what_it_was_accepted_with(world):
    message = accept(make_request(content=SIGNED), make_key(), world.intake).message
    world.organisations.put(TENANT, Organisation(name="Acme & Sons"))
    deliver(ref_of(message), world.deliver)
    (handed,) = world.carrier.sent
    assert handed.bodies == {"text": "Order A-77. Acme"}


def test_what_no_body_asks_for_is_neither_read_nor_kept(world):
    message = accept(make_request(), make_key(), world.intake).message
    assert world.organisations.reads == 0
    assert body_of(world, message).data == {"order": "A-77"}


def test_what_the_settings_lack_is_named(world):
    content = make_content(text="{{ organisation.postal_address }}")
    with pytest.raises(Refusal) as refusal:
        rehearse(make_request(content=content), make_key(), world.intake)
    (fault,) = refusal.value.faults
    assert (fault.pointer, fault.code) == ("/content", "missing_variable")
    assert "organisation.postal_address" in fault.message
    assert "PUT /v1/settings" in fault.message


def test_nobody_gives_themselves_another_name_in_data(world):
    request = make_request(data={"organisation": {"name": "Somebody else"}})
    with pytest.raises(Refusal) as refusal:
        rehearse(request, make_key(), world.intake)
    assert refusal.value.code == "reserved_name"
    assert refusal.value.faults[0].pointer == "/data/organisation"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ organisation.name }}", "Acme"),
        (
            "{% for name, value in organisation|items %}{{ name }}={{ value }};{% endfor %}",
            "name=Acme;phone=+15035550142;",
        ),
        ("{% if organisation.website is defined %}yes{% else %}no{% endif %}", "no"),
    ],
)
def test_the_template_language_reads_it_as_any_object(world, text, said):
    intake = replace(world.intake, renderer=JinjaRenderer())
    rehearsed = rehearse(make_request(content=make_content(text=text)), make_key(), intake)
    assert rehearsed.bodies == {"text": said}


def test_the_template_language_names_what_the_settings_lack(world):
    intake = replace(world.intake, renderer=JinjaRenderer())
    content = make_content(text="{{ organisation.website }}")
    with pytest.raises(Refusal) as refusal:
        rehearse(make_request(content=content), make_key(), intake)
    assert "organisation.website" in refusal.value.faults[0].message
