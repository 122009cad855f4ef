"""Variables in SSML: whatever they hold, they are said and never markup."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain import ssml
from outbound.domain.content import Content
from outbound.domain.words import Channel

XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=100,
)
NASTY = st.sampled_from(
    ["a & <b>", "</speak><speak>", "]]>", "<!--", "&lt;", '"/><break time="9s"/>', "'", "{{ x }}"]
)
renderer = JinjaRenderer()


def render(template: str, **data: str) -> str:
    return renderer.render(Content(Channel.VOICE, {"ssml": template}), data)["ssml"]


@given(XML_TEXT | NASTY | st.builds(str.__add__, XML_TEXT, NASTY))
def test_a_value_is_said_as_it_is(value):
    rendered = render("<speak>a{{ value }}b</speak>", value=value)
    spoken = ElementTree.fromstring(rendered)
    assert (spoken.text, list(spoken)) == (f"a{value}b", [])
    assert ssml.read(rendered).objections == ()


@given(XML_TEXT | NASTY)
def test_a_value_stays_in_its_attribute(value):
    rendered = render('<speak>a<sub alias="{{ value }}">b</sub></speak>', value=f"x{value}")
    (sub,) = ElementTree.fromstring(rendered)
    assert sub.attrib == {"alias": f"x{value}"}


@pytest.mark.parametrize(
    "expression",
    [
        "value",
        "value ~ '<br>'",
        "value|upper",
        "value|replace('a', '<br>')",
        "value|default('<br>')",
        "value|forceescape",
        "value|truncate(5)",
        "values|join('<br>')",
        "values|first",
    ],
)
def test_no_way_of_writing_it_lets_markup_in(expression):
    rendered = renderer.render(
        Content(Channel.VOICE, {"ssml": f"<speak>a{{{{ {expression} }}}}</speak>"}),
        {"value": "<p>a & b</p>", "values": ["<p>a</p>", "&"]},
    )["ssml"]
    assert list(ElementTree.fromstring(rendered)) == []


@pytest.mark.parametrize("value", ["\x00", "\x0b", "\x1b", "\ufffe", "\uffff"])
def test_what_xml_has_no_place_for_is_refused(value):
    assert ssml.read(render("<speak>a{{ value }}</speak>", value=value)).objections
