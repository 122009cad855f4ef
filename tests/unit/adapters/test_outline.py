"""What a body says as far as that is known without its data."""

from __future__ import annotations

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel

KNOWN = {"organisation": {"name": "A & B"}, "price": 12.5, "links": {"unsubscribe": "https://x"}}


def outline(text, channel=Channel.SMS, body="text", **parts):
    content = Content(channel, {body: text}, parts=parts)
    return JinjaRenderer().outline(content, KNOWN)[body]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Hi {{ name }}.", "Hi [name]."),
        ("{{ order.items[0].name }}", "[…]"),
        ("{{ organisation.name }} {{ links.unsubscribe }}", "A & B https://x"),
        ("{{ organisation.phone }}", "[organisation.phone]"),
        ("{{ organisation }}", "[organisation]"),
        ("{{ price|round(1) }} {{ name|upper|trim }}", "12.5 [name]"),
        ("{% if vip %}Dear{% else %}Hello{% endif %} {{ name }}", "Dear [name]"),
        ("{% if vip %}{% else %}Hello{% endif %}", "Hello"),
        ("{% for each in items %}{{ each.name }};{% endfor %}", "[each.name];"),
        ("{% set a = 1 %}{{ 'x' ~ name ~ 2 }}", "x[name]2"),
        ("{{ 'a' if vip else 'b' }} {{ 1 + price }}", "a […]"),
    ],
)
def test_what_is_known_is_read_and_what_is_not_is_named(text, read):
    assert outline(text) == read


def test_html_escapes_what_is_put_in_and_nothing_else():
    html = outline("<p>{{ organisation.name }}</p>{{ '<b>' }}", Channel.EMAIL, "html")
    assert html == "<p>A &amp; B</p>&lt;b&gt;"


def test_layouts_and_parts_are_read_too():
    base = {"html": "<h1>{% block title %}{% endblock %}</h1>{{ organisation.name }}"}
    text = '{% extends "base" %}{% block title %}Hi {{ name }}{% endblock %}'
    assert outline(text, Channel.EMAIL, "html", base=base) == "<h1>Hi [name]</h1>A &amp; B"
