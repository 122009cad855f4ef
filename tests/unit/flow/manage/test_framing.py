"""MJML that extends a layout in MJML: one document when it is stored."""

from __future__ import annotations

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.errors import Refusal
from outbound.domain.variable import Variable
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.template_parts import DEEPEST
from outbound.flow.manage.templates import put
from tests.builders import TENANT, make_content, make_template

FRAME = (
    "<mjml><mj-head><mj-preview>{% block preheader %}{% endblock %}</mj-preview></mj-head>\n"
    "<mj-body>{% block content %}{% endblock %}<mj-section><mj-column><mj-text>NAME of {{ by }}"
    "</mj-text></mj-column></mj-section></mj-body></mjml>"
)
SECTION = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
PAGE = (
    '{% extends "frame" %}{% block content %}'
    + SECTION.format("Dear {{ name }}")
    + "{% endblock %}"
)


@pytest.fixture
def store(world):
    world.renderer = JinjaRenderer()

    def store(template_id="page", purpose=Purpose.TRANSACTIONAL, french=None, **bodies):
        def contents(bodies):
            subject = {"subject": "Hello"} if purpose else {}
            return {Channel.EMAIL: make_content(Channel.EMAIL, **subject, **bodies)}

        draft = make_template(
            contents(bodies),
            template_id,
            purpose=purpose,
            translations={"fr": contents({"mjml": french})} if french else {},
            variables={"drug": Variable(sensitive=True)} | dict.fromkeys(("name", "by"), Variable())
            if purpose
            else {},
        )
        return put(draft, world.template_ports)

    return store


@pytest.fixture
def said(world):
    """What somebody reads of a template as it was kept."""

    def said(template_id="page", locale=None):
        content = world.templates.get(TENANT, template_id).content(Channel.EMAIL, locale)
        return world.renderer.render(content, {"name": "<Zoë>", "by": "us"})

    return said


def refused(world, store, **bodies):
    before = world.snapshot()
    with pytest.raises(Refusal) as caught:
        store(**bodies)
    assert world.snapshot() == before
    (fault,) = caught.value.faults
    return fault.pointer.removeprefix("/channels/email/"), fault.message


def test_a_document_stands_in_its_layout_in_html_and_text(world, store, said):
    store("frame", None, mjml=FRAME)
    stored, _ = store(mjml=PAGE, preheader="Soon")

    sent = said()

    assert sent["html"].count("<body") == 1
    assert "Dear &lt;Zoë&gt;</div>" in sent["html"]
    assert ">Soon\u034f" in sent["html"]
    assert sent["text"] == "Dear <Zoë>\n\nNAME of us\n"
    content = stored.template.contents[Channel.EMAIL]
    assert content.written == {"mjml": PAGE, "preheader": "Soon"}
    assert stored.template.parts["frame"].version == 1
    assert "mjml" not in str(stored.template.parts)


def test_it_keeps_the_layout_it_was_stored_with_until_it_is_stored_again(store, said):
    store("frame", None, mjml=FRAME)
    store(mjml=PAGE)
    assert not store(mjml=PAGE)[1]
    store("frame", None, mjml=FRAME.replace("NAME", "OTHER"))
    assert "NAME" in said()["html"]

    assert store(mjml=PAGE)[0].template.version == 2

    assert "OTHER" in said()["html"]


def test_it_stands_in_the_layout_of_its_language(store, said):
    store("frame", None, mjml=FRAME, french=FRAME.replace("NAME of", "NOM de"))
    store(mjml=PAGE, french=PAGE.replace("Dear", "Bonjour"))

    assert said(locale="fr-CA")["text"] == "Bonjour <Zoë>\n\nNOM de us\n"


def test_layouts_may_have_layouts_and_html_may_extend_what_extends_mjml(store, said):
    store("frame", None, mjml=FRAME)
    inner = SECTION.format("{% block said %}said{% endblock %}")
    store("letter", None, mjml=PAGE.replace(SECTION.format("Dear {{ name }}"), inner))
    store(mjml='{% extends "letter" %}{% block said %}{{ super() }} Bye{% endblock %}')
    store("html", html='{% extends "letter" %}{% block said %}<p>Hi</p>{% endblock %}')

    assert said()["text"] == "said Bye\n\nNAME of us\n"
    assert said("html")["text"].split() == ["Hi", "NAME", "of", "us"]


def test_a_layout_in_mjml_may_include_what_html_does(store, said):
    store("foot", None, html="<p>Bye</p>", text="Bye")
    store("frame", None, mjml=FRAME.replace("NAME", "{% include 'foot' %}"))
    stored, _ = store(mjml=PAGE)

    assert "<p>Bye</p>" in said()["html"]
    assert stored.template.parts.keys() == {"foot", "frame"}


def test_without_a_place_for_it_a_preheader_is_put_at_the_beginning(store, said):
    store("frame", None, mjml="<mjml><mj-body>{% block content %}{% endblock %}</mj-body></mjml>")
    store(mjml=PAGE, preheader="Soon")

    assert ">Soon\u034f" in said()["html"]


def test_a_block_of_a_preheader_says_nothing_sensitive(world, store):
    store("frame", None, mjml=FRAME)
    preheader = "{% block preheader %}{{ drug }}{% endblock %}"

    assert refused(world, store, mjml=PAGE + preheader)[0] == "mjml"
    assert refused(world, store, html='{% extends "frame" %}' + preheader)[0] == "html"


@pytest.mark.parametrize(
    ("mjml", "message"),
    [
        ("{% extends 'nothing' %}", "No template has the id nothing and a version that is publ"),
        ("{% extends 'html' %}", "The template html has no mjml for email; what extends it is ht"),
        ("{% extends 'page' %}", "Layouts and parts go round in a circle: page, page."),
        ("{% extends name %}", "what is extended or included is the id of a template in quotes"),
        (f"{{% extends 'level{DEEPEST}' %}}", "Layouts and parts lie at most 5 deep."),
        ("\n{% extends 'frame' %}\n<p>a</p>", "line 2: what stands outside of its blocks is lost"),
        ("{% extends 'frame' %}\n{% set a = 1 %}", "line 2: what stands outside of its blocks"),
        ("{% extends 'frame' %}{% extends 'frame' %}", "extends stands once, and outside of ever"),
        ("{% if a %}{% extends 'frame' %}{% endif %}", "what stands outside of its blocks is los"),
        ("{% extends 'frame' %}{% block a %}{% endblock %}", "the layout has no block a"),
        (PAGE.replace("Dear", "\n<mj-text>a</mj-text>"), "line 2: <mj-text> can't stand in <mj-te"),
        (
            PAGE.replace("</mj-section>", ""),
            "<mj-section> can't stand in <mj-section>: it takes mj-",
        ),
        (PAGE.replace("Dear", "{{ super() }} {{ super().x }}"), "call is not allowed"),
        (
            PAGE.replace("Dear", "{% block a %}{{ super() }}{% endblock %}"),
            "there is nothing that super() stands for",
        ),
        (
            PAGE.replace("Dear", "{% block content %}{% endblock %}"),
            "the block content stands in itself",
        ),
        (PAGE.replace("Dear", "a" * 190_000), "more than 200000 characters with its layouts"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_line(world, store, mjml, message):
    store("frame", None, mjml=FRAME + " " * 10_000)
    store("html", None, html="<p>{% block content %}{% endblock %}</p>")
    store("level0", None, mjml=FRAME)
    for level in range(DEEPEST):
        store(f"level{level + 1}", None, mjml=f"{{% extends 'level{level}' %}}")

    pointer, said = refused(world, store, mjml=mjml)

    assert pointer == "mjml"
    assert message in said


def test_blocks_that_multiply_are_refused_before_they_cost(world, store):
    store("frame", None, mjml=FRAME.replace("NAME", "{% block a %}x{% endblock %}" * 500))
    inner = "{% extends 'frame' %}{% block a %}" + "{{ super() }}" * 500 + "{% endblock %}"

    assert "more than 200000 characters" in refused(world, store, mjml=inner)[1]
