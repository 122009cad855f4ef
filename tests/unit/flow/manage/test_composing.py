"""Emails of templates: composed when they are stored, shown again as they were written."""

from __future__ import annotations

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.errors import Refusal
from outbound.domain.variable import Variable
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.templates import publish, put
from tests.builders import TENANT, make_content, make_key, make_template

LAYOUT = (
    "<mjml><mj-head><mj-preview>{% block preheader %}{% endblock %}</mj-preview>"
    "<mj-style>.note { color: #333333 }</mj-style></mj-head><mj-body><mj-section><mj-column>"
    "<mj-text>{% block content %}{% endblock %}</mj-text></mj-column></mj-section></mj-body></mjml>"
)
PAGE = '{% extends "base" %}{% block content %}<p class="note">Dear {{ name }}</p>{% endblock %}'


@pytest.fixture
def store(world):
    world.renderer = JinjaRenderer()

    def store(template_id="page", purpose=Purpose.TRANSACTIONAL, variables=None, **bodies):
        if purpose is not None:
            bodies = {"subject": "Hello", **bodies}
        draft = make_template(
            {Channel.EMAIL: make_content(Channel.EMAIL, **bodies)},
            template_id,
            purpose=purpose,
            variables=variables or {},
        )
        stored, new = put(draft, world.template_ports)
        return stored.template.contents[Channel.EMAIL], new

    return store


@pytest.fixture
def found(world, store):
    """What a look at an email finds."""

    def found(**changes):
        store(**changes)
        version = world.templates.head(TENANT, "page").latest
        return publish("page", version, make_key(), world.template_ports).findings

    return found


def test_what_was_written_is_kept_beside_what_is_sent(world, store):
    content, _ = store(html="<style>p{margin:0}</style><p>Dear {{ name }}</p>")

    assert dict(content.written) == {"html": "<style>p{margin:0}</style><p>Dear {{ name }}</p>"}
    assert set(content.bodies) == {"subject", "html", "text"}
    sent = world.renderer.render(content, {"name": "<Zoë>"})
    assert '<p style="margin: 0;">Dear &lt;Zoë&gt;</p>' in sent["html"]
    assert sent["text"] == "Dear <Zoë>\n"


def test_the_same_email_makes_no_new_version(store):
    assert [store(html="<p>Hi</p>")[1] for _ in range(2)] == [True, False]
    assert store(html="<p>Hi </p>")[1]


def test_an_email_of_text_alone_is_as_it_was_written(store):
    content, _ = store(text="Hi")

    assert (dict(content.bodies), dict(content.written)) == ({"subject": "Hello", "text": "Hi"}, {})


def test_an_email_takes_frame_styles_and_preheader_of_its_layout(world, store):
    store("base", None, mjml=LAYOUT)
    content, _ = store(html=PAGE, preheader="For {{ name }}")

    sent = world.renderer.render(content, {"name": "Zoë"})

    assert 'color: #333333;">Dear Zoë</p>' in sent["html"]
    assert ">For Zoë\u034f" in sent["html"]
    assert sent["text"].strip() == "Dear Zoë"
    assert world.templates.get(TENANT, "page").parts["base"].version == 1


def test_a_block_that_only_html_has_a_place_for_says_nothing_in_the_text(world, store):
    title = "<mj-title>{% block title %}Us{% endblock %}</mj-title></mj-head>"
    store("base", None, mjml=LAYOUT.replace("</mj-head>", title))
    content, _ = store(html=PAGE + "{% block title %}{{ name }}{% endblock %}")

    sent = world.renderer.render(content, {"name": "Zoë"})

    assert "<title>Zoë</title>" in sent["html"]
    assert sent["text"] == "Dear Zoë\n"


@pytest.mark.parametrize(
    ("bodies", "code", "pointer", "line"),
    [
        ({"mjml": "<mjml>\n<mj-body>\n<p>a</p>"}, "invalid_markup", "mjml", "line 3"),
        ({"html": "<p>\n<script>"}, "invalid_markup", "html", "line 2"),
        ({"html": "<p>\n{% macro a() %}{% endmacro %}"}, "invalid_template", "html", "line 2"),
        ({"html": "<p>\n{% if a %}</p>"}, "invalid_template", "html", "line 2"),
        ({"html": "a", "preheader": "{{ a.b() }}"}, "invalid_template", "preheader", "line 1"),
        ({"html": "{% include 'no' %}"}, "invalid_template", "html", "No template has the id no"),
        ({"mjml": LAYOUT + "{{ a }}"}, "invalid_markup", "mjml", "outside of <mjml>"),
    ],
)
def test_a_fault_is_found_where_its_author_wrote_it(world, store, bodies, code, pointer, line):
    before = world.snapshot()

    with pytest.raises(Refusal) as caught:
        store(**bodies)

    (fault,) = caught.value.faults
    assert (fault.code, fault.pointer) == (code, f"/channels/email/{pointer}")
    assert line in fault.message
    assert world.snapshot() == before


def test_what_is_sensitive_stands_in_no_preheader(store):
    variables = {"drug": Variable(sensitive=True)}
    store(html="<p>{{ drug }}</p>", variables=variables)

    with pytest.raises(Refusal) as caught:
        store(html="<p>{{ drug }}</p>", preheader="{{ drug }}", variables=variables)

    (fault,) = caught.value.faults
    assert (fault.code, fault.pointer) == ("sensitive_variable", "/channels/email/preheader")


DRUG = {"drug": Variable(sensitive=True), "name": Variable()}
PREVIEW = (
    "<mjml><mj-head><mj-preview>{}</mj-preview></mj-head><mj-body><mj-section><mj-column>"
    "<mj-text>{}</mj-text></mj-column></mj-section></mj-body></mjml>"
)


@pytest.mark.parametrize(
    ("bodies", "pointer"),
    [
        ({"mjml": PREVIEW.format("{{ drug }}", "Hello")}, "mjml"),
        ({"mjml": PREVIEW.format("{{ drug }}", "Hello"), "preheader": "Soon"}, "mjml"),
        ({"html": "<p>Hello</p>", "preheader": "{{ drug }}"}, "preheader"),
        ({"html": "<p style='display:none'>{{ drug }}</p><p>Hello</p>"}, "html"),
    ],
)
def test_a_preheader_says_nothing_sensitive_however_it_is_written(world, store, bodies, pointer):
    store("base", None, mjml=LAYOUT)
    before = world.snapshot()

    with pytest.raises(Refusal) as caught:
        store(variables=DRUG, **bodies)

    (fault,) = caught.value.faults
    assert (fault.pointer, fault.code) == (f"/channels/email/{pointer}", "sensitive_variable")
    assert world.snapshot() == before


@pytest.mark.parametrize(
    ("bodies", "place"),
    [
        ({"html": "<p>{{ drug }}</p>"}, "html"),
        ({"text": "{{ drug }}"}, "text"),
        (
            {"mjml": PREVIEW.format("", "{{ drug }}").replace("<mj-preview></mj-preview>", "")},
            "mjml",
        ),
        ({"html": "<p>{{ drug }}</p>", "preheader": "Soon"}, None),
        ({"mjml": PREVIEW.format("Soon", "{{ drug }}")}, None),
        ({"html": "<p>{{ name }}</p>"}, None),
    ],
)
def test_an_email_about_something_sensitive_should_have_a_preheader(found, bodies, place):
    places = [each.place for each in found(variables=DRUG, **bodies)]
    assert places == ([f"/channels/email/{place}"] if place else [])


def test_a_finding_is_told_once_where_its_author_wrote_it(found):
    text = "See http://example.com, {{ name }}"
    mjml = PREVIEW.format("Soon", f"<a href='http://example.com'>{text}</a>")

    assert [(each.rule, each.place) for each in found(mjml=mjml)] == [
        ("insecure-link", "/channels/email/mjml")
    ]
