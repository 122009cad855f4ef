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
MOST = 16


def outlines(text, channel=Channel.SMS, body="text", **parts):
    content = Content(channel, {body: text}, parts=parts)
    return [each[body] for each in JinjaRenderer().outlines(content, KNOWN, EXAMPLES, MOST)]


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
        ("{% if a == 1 %}1{% endif %}{% if a != 1 %}2{% endif %}", ["1", "2"]),
        ("{% if a in b %}1{% endif %}{% if a not in b %}2{% endif %}", ["1", "2"]),
        ("{% if a is defined %}1{% endif %}{% if a is undefined %}2{% endif %}", ["1", "2"]),
        ("{% for each in items %}{{ each.name }};{% endfor %}", ["[each.name];", ""]),
        (
            "{% for each in items %}{% if each.a %}1{% endif %};{% else %}-{% endfor %}",
            ["1;", ";", "-"],
        ),
        (
            "{% for organisation in items %}{{ organisation.name }}{% endfor %}",
            ["[organisation.name]", ""],
        ),
        (
            "{% for message in items %}{% if message.channel %}1{% else %}2{% endif %}{% endfor %}",
            ["1", "2", ""],
        ),
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


def test_of_many_conditions_every_branch_is_read_though_not_all_ways():
    flat = "".join(f"{{% if a{n} %}}{n};{{% else %}}-{n};{{% endif %}}" for n in range(8))
    assert outlines(flat) == ["0;1;2;3;4;5;6;7;", "-0;-1;-2;-3;-4;-5;-6;-7;"]
    chain = "{% if a == 0 %}0" + "".join(f"{{% elif a == {n} %}}{n}" for n in range(1, 7))
    assert outlines(chain + "{% else %}7{% endif %}") == list("07123456")
    nested = "".join(f"{{% if a{n} %}}{n}{{% else %}}" for n in range(6)) + "6" + "{% endif %}" * 6
    assert outlines(nested) == list("0612345")
    inner = "{% if a and b %}{% if c or d %}1{% else %}2{% endif %}"
    last = "{% elif e and f %}{{ 3 if g else 4 }}{% else %}5{% endif %}"
    assert outlines(inner + last) == ["1", "5", "2", "3", "4"]


def test_no_more_ways_are_read_than_asked_for_however_many_conditions_there_are():
    content = Content(
        Channel.SMS, {"text": "{{ " + " ~ ".join(f"(1 if a{n})" for n in range(9_000)) + " }}"}
    )
    assert len(JinjaRenderer().outlines(content, KNOWN, EXAMPLES, MOST)) == 2
    chain = "{% if a == 0 %}0" + "".join(f"{{% elif a == {n} %}}{n}" for n in range(1, 900))
    content = Content(Channel.SMS, {"text": chain + "{% endif %}"})
    assert len(JinjaRenderer().outlines(content, KNOWN, EXAMPLES, 4)) == 4


def test_what_a_channel_has_not_is_not_defined():
    content = Content(Channel.SMS, {"text": "{% if links is defined %}yes{% else %}no{% endif %}"})
    assert JinjaRenderer().outlines(content, {"links": None}, {}, MOST) == [{"text": "no"}]


def test_conditions_turn_out_alike_in_all_bodies():
    bodies = {
        "subject": "{% if vip %}Dear{% else %}Hi{% endif %}",
        "text": "{{ 'A' if vip else 'B' }}",
    }
    found = JinjaRenderer().outlines(Content(Channel.EMAIL, bodies), KNOWN, EXAMPLES, MOST)
    assert found == [{"subject": "Dear", "text": "A"}, {"subject": "Hi", "text": "B"}]


def test_html_escapes_what_is_put_in_and_nothing_else():
    html = outline("<p>{{ organisation.name }}</p>{{ '<b>' }}", Channel.EMAIL, "html")
    assert html == "<p>A &amp; B</p>&lt;b&gt;"


def test_layouts_and_parts_are_read_too():
    base = {"html": "<h1>{% block title %}{% endblock %}</h1>{{ organisation.name }}"}
    text = '{% extends "base" %}{% block title %}Hi {{ name }}{% endblock %}'
    assert outline(text, Channel.EMAIL, "html", base=base) == "<h1>Hi [name]</h1>A &amp; B"
