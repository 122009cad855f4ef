"""What a body says as far as that is known without its data."""

from __future__ import annotations

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel

KNOWN = {
    "organisation": {"name": "A & B"},
    "links": {"unsubscribe": "https://x"},
    "message": {"channel": "sms", "purpose": "marketing"},
}
EXAMPLES = {"price": 12.5}


def outlines(text, channel=Channel.SMS, body="text", **parts):
    content = Content(channel, {body: text}, parts=parts)
    return [each[body] for each in JinjaRenderer().outlines(content, KNOWN, EXAMPLES)]


def outline(text, channel=Channel.SMS, body="text", **parts):
    [only] = outlines(text, channel, body, **parts)
    return only


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Hi {{ name }}.", "Hi [name]."),
        ("{{ order.items[0].name }}", "[…]"),
        ("{{ organisation.name }} {{ links.unsubscribe }}", "A & B https://x"),
        ("{{ organisation.phone }}", "[organisation.phone]"),
        ("{{ organisation }}", "[organisation]"),
        ("{{ price|round(1) }} {{ name|upper|trim }}", "12.5 [name]"),
        ("{% for each in items %}{{ each.name }};{% endfor %}", "[each.name];"),
        ("{% set a = 1 %}{{ 'x' ~ name ~ 2 }}", "x[name]2"),
        ("{{ 1 + price }}", "[…]"),
    ],
)
def test_what_is_known_is_read_and_what_is_not_is_named(text, read):
    assert outline(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("{% if vip %}Dear{% else %}Hello{% endif %} {{ name }}", ["Dear [name]", "Hello [name]"]),
        ("{% if not vip %}Hello{% endif %}!", ["Hello!", "!"]),
        ("{{ 'a' if vip else 'b' }}{{ 'c' if vip }}", ["ac", "b"]),
        ("{% if a %}1{% elif b %}2{% else %}3{% endif %}", ["1", "2", "3"]),
        ("{% if a %}{% if not not a %}1{% else %}2{% endif %}{% endif %}", ["1", ""]),
        ("{% if a %}1{% endif %}{% if not a %}2{% endif %}", ["1", "2"]),
        ("{% if a == 1 %}1{% endif %}{% if a == 2 %}2{% endif %}", ["12", "1", "2", ""]),
        ("{% for each in items %}{% if each.a %}1{% endif %};{% endfor %}", ["1;", ";"]),
    ],
)
def test_each_way_in_which_conditions_may_turn_out_is_read_once(text, read):
    assert outlines(text) == read


@pytest.mark.parametrize(
    "condition",
    [
        "organisation.name",
        "not organisation.phone",
        "organisation.name is defined and organisation.phone is undefined",
        "organisation.phone is defined or message.purpose == 'marketing'",
        "message.purpose in ['marketing', 'informational']",
        "message.channel not in ('email', 'voice') and links.unsubscribe != ''",
    ],
)
def test_what_is_known_settles_a_condition(condition):
    assert outlines(f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}") == ["yes"]


@pytest.mark.parametrize(
    "condition",
    [
        "price",
        "price > 3",
        "organisation.name > 'A'",
        "message.purpose == purpose",
        "vip and organisation.name",
        "message.purpose in purposes",
        "message.purpose == 'marketing' == vip",
        "organisation.name|length",
    ],
)
def test_an_example_settles_none_and_what_cannot_be_told_is_read_both_ways(condition):
    assert outlines(f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}") == ["yes", "no"]


def test_of_many_conditions_all_branches_are_read_though_not_all_ways():
    text = "".join(f"{{% if a{n} %}}{n};{{% else %}}-{n};{{% endif %}}" for n in range(8))
    found = outlines(text)
    assert len(found) == 10
    assert found[0] == "0;1;2;3;4;5;6;7;"
    assert found[1] == "-0;-1;-2;-3;-4;-5;-6;-7;"
    assert "0;1;-2;3;4;5;6;7;" in found


def test_conditions_turn_out_alike_in_all_bodies():
    bodies = {
        "subject": "{% if vip %}Dear{% else %}Hi{% endif %}",
        "text": "{{ 'A' if vip else 'B' }}",
    }
    found = JinjaRenderer().outlines(Content(Channel.EMAIL, bodies), KNOWN, EXAMPLES)
    assert found == [{"subject": "Dear", "text": "A"}, {"subject": "Hi", "text": "B"}]


def test_html_escapes_what_is_put_in_and_nothing_else():
    html = outline("<p>{{ organisation.name }}</p>{{ '<b>' }}", Channel.EMAIL, "html")
    assert html == "<p>A &amp; B</p>&lt;b&gt;"


def test_layouts_and_parts_are_read_too():
    base = {"html": "<h1>{% block title %}{% endblock %}</h1>{{ organisation.name }}"}
    text = '{% extends "base" %}{% block title %}Hi {{ name }}{% endblock %}'
    assert outline(text, Channel.EMAIL, "html", base=base) == "<h1>Hi [name]</h1>A &amp; B"
