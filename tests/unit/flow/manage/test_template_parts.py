"""Layouts and parts: found, pinned, and refused where they don't fit."""

from __future__ import annotations

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.errors import Refusal
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.template_parts import DEEPEST, MOST
from outbound.flow.manage.templates import put
from tests.builders import TENANT, make_content, make_template

BASE = "<div>{% block main %}{% endblock %}{% include 'footer' %}</div>"
PAGE = "{% extends 'base' %}{% block main %}<p>{{ name }}</p>{% endblock %}"


@pytest.fixture
def stored(world):
    """Stores a template whose bodies are for emails, or a partial."""
    world.renderer = JinjaRenderer()

    def store(name, html, *, partial=True, french=None, channel=Channel.EMAIL, **changes):
        def content(source):
            return {channel: make_content(channel, html=source)}

        draft = make_template(
            content(html),
            name,
            purpose=None if partial else Purpose.TRANSACTIONAL,
            translations={"fr": content(french)} if french else {},
            **changes,
        )
        return put(draft, world.template_ports)[0].template

    return store


def refused(store, *arguments, **changes):
    with pytest.raises(Refusal) as refusal:
        store(*arguments, **changes)
    return [(fault.pointer, fault.message) for fault in refusal.value.faults]


def said(world, template, locale=None, **data):
    content = template.content(Channel.EMAIL, locale)
    return world.renderer.render(content, data)["html"]


def test_a_template_keeps_the_parts_it_was_stored_with(world, stored):
    stored("footer", "<p>one</p>")
    stored("base", BASE)
    page = stored("page", PAGE, partial=False)
    stored("footer", "<p>two</p>")
    stored("base", "<body>{% block main %}{% endblock %}</body>")

    assert {name: part.version for name, part in page.parts.items()} == {"base": 1, "footer": 1}
    kept = world.templates.get(TENANT, "page")
    assert said(world, kept, name="<A>") == "<div><p>&lt;A&gt;</p><p>one</p></div>"


def test_storing_it_again_takes_the_parts_as_they_are_now(world, stored):
    stored("footer", "<p>one</p>")
    stored("base", BASE)
    first = stored("page", PAGE, partial=False)
    assert stored("page", PAGE, partial=False) == first
    stored("footer", "<p>two</p>")

    second = stored("page", PAGE, partial=False)

    assert (second.version, second.parts["footer"].version) == (2, 2)
    assert said(world, second, name="A").endswith("<p>two</p></div>")


def test_parts_speak_the_language_of_the_body(world, stored):
    stored("footer", "<p>Bye</p>", french="<p>Au revoir</p>")
    stored("base", BASE)
    page = stored("page", PAGE, partial=False, french=PAGE.replace("name", "nom"))

    assert said(world, page, name="A") == "<div><p>A</p><p>Bye</p></div>"
    assert said(world, page, "fr-CA", nom="A") == "<div><p>A</p><p>Au revoir</p></div>"


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("{% include 'nothing' %}", "No template has the id nothing"),
        ("{% include 'theirs' %}", "No template has the id theirs"),
        ("{% include 'drafted' %}", "No template has the id drafted"),
        ("{% include 'call' %}", "The template call has no html for email."),
        ("{% include 'page' %}", "Layouts and parts go round in a circle: page, page."),
        ("{% extends 'round' %}", "Layouts and parts go round in a circle: page, round, page."),
        ("{% include 'level1' %}", "Layouts and parts lie at most 5 deep."),
        ("{% extends 'base' %}lost", "html is not a valid template, line 1: what stands outside"),
        ("{% extends 'base' %}{% block other %}{% endblock %}", "the layout has no block other"),
        ("{% include name %}", "what is extended or included is the id of a template in quotes"),
        ("{% include ['base'] %}", "is the id of a template in quotes"),
        ("{% include 'base' ignore missing %}", "include takes an id alone"),
        ("{% include 'base' without context %}", "include takes an id alone"),
        ("{% import 'base' as base %}", "import is not allowed"),
        ("{% from 'base' import main %}", "fromimport is not allowed"),
        ("{% if 1 %}{% extends 'base' %}{% endif %}", "extends stands once"),
        ("{% extends 'base' %}{% extends 'base' %}", "extends stands once"),
        ("{% block a %}{{ super() }}{% endblock %}", "there is nothing that super() stands for"),
        ("{{ super() }}", "there is nothing that super() stands for"),
        ("{{ super().x }}", "call is not allowed"),
        ("{{ super(1) }}", "call is not allowed"),
        ("{% block a %}{{ super() }}{{ super().x }}{% endblock %}", "call is not allowed"),
        ("{% block a required %}{% endblock %}", "a block is never required"),
        ("{{ self.main() }}", "is not allowed"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_place(world, stored, html, message):
    stored("footer", "<p></p>")
    stored("base", BASE)
    stored("page", "<p></p>")
    stored("round", "{% include 'page' %}{% block main %}{% endblock %}")
    stored("theirs", "<p></p>", tenant="other")
    for level in range(DEEPEST + 1, 0, -1):
        below = f"{{% include 'level{level + 1}' %}}" if level <= DEEPEST else "end"
        if level == 1:
            break
        stored(f"level{level}", below)
    world.templates.put(make_template(template_id="drafted"), publish=False)
    world.templates.put(
        make_template({Channel.VOICE: make_content(Channel.VOICE)}, "call"), publish=True
    )
    level1 = dict.fromkeys(("html", "text"), "{% include 'level2' %}")
    world.templates.put(
        make_template({Channel.EMAIL: make_content(Channel.EMAIL, **level1)}, "level1"),
        publish=True,
    )
    before = world.snapshot()

    ((pointer, said), *_) = refused(stored, "page", html)

    assert pointer == "/channels/email/html"
    assert message in said
    assert world.snapshot() == before


def test_a_fault_in_a_part_names_the_part_and_its_line(world, stored):
    world.renderer = JinjaRenderer()
    contents = {Channel.EMAIL: make_content(Channel.EMAIL, html="<p>\n{{ a.b() }}")}
    world.templates.put(make_template(contents, "broken"), publish=True)
    faults = refused(stored, "page", "{% include 'broken' %}")
    assert "line 2" in faults[0][1]


def test_too_many_parts_are_refused(world, stored):
    for number in range(MOST + 1):
        stored(f"part{number}", "<p></p>")
    html = "".join(f"{{% include 'part{number}' %}}" for number in range(MOST + 1))
    assert refused(stored, "page", html)[0][1] == "A template has at most 20 layouts and parts."


def test_parts_that_multiply_are_refused_by_their_length(world, stored):
    stored("row", "x" * 1000)
    stored("rows", "{% include 'row' %}" * 20)
    faults = refused(stored, "page", "{% include 'rows' %}" * 20)
    assert faults[0][1] == "html has more than 200000 characters with its parts."


def test_a_template_is_refused_as_a_whole_where_its_texts_do_not_fit_an_item(world, stored):
    world.renderer = JinjaRenderer()
    contents = {channel: make_content(channel, text="{% include 'part0' %}") for channel in Channel}
    for number, channel in enumerate(Channel):
        contents[channel] = make_content(channel, text=f"{{% include 'part{number}' %}}")
    for number, channel in enumerate(Channel):
        world.templates.put(
            make_template({channel: make_content(channel, text="\n" * 150_000)}, f"part{number}"),
            publish=True,
        )
    with pytest.raises(Refusal) as refusal:
        put(make_template(contents), world.template_ports)
    assert refusal.value.code == "template_too_large"
