"""What lists of mail show of an email: the hidden text that it begins with."""

from __future__ import annotations

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel

HIDDEN = '<div style="display: none">{}</div><p>{{{{ name }}}}</p>'


def asked(html, **parts):
    content = Content(
        Channel.EMAIL, {"html": html}, parts={name: {"html": part} for name, part in parts.items()}
    )
    found = JinjaRenderer().preheader(content)
    return None if found is None else {".".join(path) for path in found}


@pytest.mark.parametrize(
    ("said", "paths"),
    [
        ("Soon", set()),
        ("{{ drug }}", {"drug"}),
        ("{{ order.drug|upper ~ 1 }}", {"order.drug"}),
        ("<b>{{ drug }}</b>", {"drug"}),
        ("{% if drug %}Soon{% endif %}", {"drug"}),
        ("{% if a %}Soon{% else %}{{ drug }}{% endif %}", {"a", "drug"}),
        ("{% for each in drugs %}{{ each.name }}{% endfor %}", {"drugs"}),
        ("{% set a = drug %}{% set b = a %}{{ b }}", {"drug"}),
    ],
)
def test_what_hidden_text_asks_for_is_found(said, paths):
    assert asked(HIDDEN.format(said)) == paths


@pytest.mark.parametrize(
    "html",
    [
        "<p>{{ drug }}</p>",
        "<p>Hello</p>" + HIDDEN.format("{{ drug }}"),
        "<p>{{ name }}</p>" + HIDDEN.format("{{ drug }}"),
        "<div style='display:none'> </div><p>{{ drug }}</p>",
        "<title>{{ drug }}</title><p>Hello</p>",
    ],
)
def test_what_is_seen_first_is_no_hidden_opening(html):
    assert asked(html) is None


@pytest.mark.parametrize(
    "style",
    ["DISPLAY:NONE", "visibility:hidden", "max-height:0;overflow:hidden", "opacity: 0"],
)
def test_there_are_several_ways_to_hide(style):
    html = f'<head><title>Hi</title></head><br><i style="{style}">{{{{ drug }}}}</i>Hello'
    assert asked(html) == {"drug"}


def test_a_block_of_a_layout_is_looked_at_where_it_stands():
    layout = HIDDEN.format("{% block a %}{{ day }}{% endblock %}") + "{% block b %}{% endblock %}"
    page = "{% extends 'base' %}{% block b %}{{ drug }}{% endblock %}"
    assert asked(page, base=layout) == {"day"}
    own = "{% block a %}{{ super() }}{{ drug }}{% endblock %}"
    assert asked(page + own, base=layout) == {"day", "drug"}
