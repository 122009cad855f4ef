"""Ready-made templates: as the API takes them, and as people read them."""

from __future__ import annotations

import re

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain import sms_text, ssml
from outbound.domain.calendar import when
from outbound.domain.variable import faults_of
from outbound.domain.words import Channel
from outbound.flow.manage.template_lint import lint_template
from outbound_client import ready_made
from tests.ready_made import ADDRESS, CLINIC, EACH, LINKS, NAME, PHONE, read, stored


@pytest.mark.parametrize("name", ready_made.NAMES)
def test_examples_are_of_their_variables_types(name):
    assert faults_of(ready_made.examples(name), stored()[name].variables) == []


@pytest.mark.parametrize("name", ready_made.NAMES)
def test_the_rules_of_law_and_good_sense_find_nothing(name):
    found = lint_template(stored()[name], CLINIC, JinjaRenderer())

    assert [(each.rule, each.place, each.message) for each in found] == []


@pytest.mark.parametrize(("name", "locale"), EACH)
def test_each_can_be_read_in_each_language_with_and_without_a_name(name, locale):
    english = read(name, "en")
    for bodies in (read(name, locale), read(name, locale, name=None)):
        assert bodies.keys() == english.keys()
        email = bodies[Channel.EMAIL]
        assert f'lang="{locale}"' in email["html"]
        assert len(email["html"].encode()) < 30_000
        for body in email.values():
            assert not re.search(r"\{[{%#]|[{%#]\}|tag\dx|None", body)
    assert locale == "en" or read(name, locale)[Channel.SMS] != english[Channel.SMS]


@pytest.mark.parametrize(("name", "locale"), EACH)
def test_emails_say_who_writes_and_lead_out_where_their_purpose_wants_it(name, locale):
    email = read(name, locale)[Channel.EMAIL]

    left = stored()[name].purpose in {"marketing", "informational"}
    for body in (email["html"], email["text"]):
        assert ADDRESS in body
        assert [link in body for link in LINKS.values()] == [left, left]


@pytest.mark.parametrize(("name", "locale"), EACH)
def test_texts_are_short_and_say_whom_they_are_from(name, locale):
    text = read(name, locale)[Channel.SMS]["text"]

    assert len(sms_text.split(text).parts) <= 2
    assert NAME in text


@pytest.mark.parametrize(("name", "locale"), EACH)
def test_calls_can_be_spoken_and_make_sense_on_an_answering_machine(name, locale):
    call = read(name, locale).get(Channel.VOICE)
    if call is None:
        return
    assert ssml.read(call["ssml"]).objections == ()
    assert call["ssml"].count(PHONE) == 2
    assert "?" not in call["ssml"]


def test_no_medicine_is_named_where_others_see_or_hear_it():
    medicine = ready_made.examples("prescription")["medicine"]
    for locale in ready_made.LOCALES:
        bodies = read("prescription", locale)
        assert medicine in bodies[Channel.EMAIL]["html"]
        glanced = [*bodies[Channel.SMS].values(), *bodies[Channel.VOICE].values()]
        assert medicine not in " ".join([*glanced, bodies[Channel.EMAIL]["subject"]])


def test_an_appointment_brings_an_entry_for_the_calendar_that_can_be_changed():
    first, second = (when(read("appointment", "de", changes=n)[Channel.EMAIL]) for n in (0, 1))

    assert first is not None
    assert second is not None
    assert (first.sequence, second.sequence) == (0, 1)
