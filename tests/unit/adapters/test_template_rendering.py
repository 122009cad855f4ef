"""Rendering: nothing unresolved, values as the reader's locale writes them, layouts as Jinja's."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined

from outbound.adapters.templates.compiled import compiled
from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.locale import Formatting
from outbound.domain.words import Channel
from outbound.ports import MissingVariable, TemplateFault, Uses

renderer = JinjaRenderer()
NAMES = ("name", "order", "day")
values = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="{}"), min_size=1)
pieces = st.one_of(
    st.sampled_from(
        [
            *(f"{{{{ {name} }}}}" for name in (*NAMES, "lost", "contact.locale", "contact.lost")),
            "{{ contact['attributes'].plan }}",
            "{{ lost|default('none') }}",
            "{% if lost is defined %}{{ lost }}{% endif %}",
            "{% if name %}{{ lost }}{% endif %}",
            "{% for line in lines %}{{ line.title }}{{ loop.index }}{% endfor %}",
            "{% for line in lines %}{{ line.lost }}{% endfor %}",
            "{{ name|upper }}",
            "{{ name ~ lost }}",
            "{{ lost|length }}",
            "{{ lost|date }}",
            "{{ 3|plural(one=name, other=lost) }}",
            "{% include 'footer' %}",
            "{% set x = lost %}{{ x }}",
        ]
    ),
    st.sampled_from([" ", "and", "<br>", "é"]),
)


@given(
    st.lists(pieces, max_size=8).map("".join),
    st.dictionaries(st.sampled_from(NAMES), values),
    st.lists(st.fixed_dictionaries({}, optional={"title": values}), max_size=2),
    st.dictionaries(st.just("plan"), values),
)
def test_a_text_never_has_an_unresolved_variable_in_it(source, data, lines, attributes):
    """What is there is written, or its absence told; there is no third, and no empty place."""
    content = Content(
        Channel.SMS, {"text": f"[{source}]"}, parts={"footer": {"text": "{{ order }}"}}
    )
    scope = {**data, "lines": lines, "contact": {"locale": "en", "attributes": attributes}}
    absent = {*NAMES} - {*data}
    try:
        text = renderer.render(content, scope)["text"]
    except MissingVariable as missing:
        named = missing.pointer.rpartition("/")[2]
        assert named in absent | {"lost", "title", "plan"}
        return
    except TemplateFault:
        # A name that is there but no day.
        return
    assert "{" not in text
    assert "}" not in text
    assert "Undefined" not in text
    assert not any(f"{{{{ {name} }}}}" in source for name in absent)
    assert all(str(data[name]) in text for name in data if f"{{{{ {name} }}}}" in source)


MOMENT = "2026-12-24T18:05:00Z"


@pytest.mark.parametrize(
    ("locale", "source", "text"),
    [
        ("en-US", "{{ 1234.5|money('USD') }}", "$1,234.50"),
        ("de", "{{ 1234.5|money('EUR') }}", "1.234,50 €"),
        ("ja", "{{ '980'|money('JPY') }}", "￥980"),
        ("fr", "{{ 1234.5|number }} {{ 2|number(2) }}", "1 234,5 2,00"),
        ("en", "{{ 0.256|percent }} {{ 0.256|percent(1) }}", "26% 25.6%"),
        ("en", "{{ '2026-12-24'|date }}", "Dec 24, 2026"),
        ("es", "{{ '2026-12-24'|date('full') }}", "jueves, 24 de diciembre de 2026"),
        ("en-US", "{{ at|time }}", "7:05 PM"),
        ("de", "{{ at|time }} {{ '09:30'|time }}", "19:05 09:30"),
        ("en-GB", "{{ at|datetime('short') }}", "24/12/2026, 19:05"),
        ("en", "{{ 1|plural(one='# day', other='# days') }}", "1 day"),
        ("pl", "{{ 3|plural(one='#', few='# dni', other='?') }}", "3 dni"),
        ("pl", "{{ 5|plural(one='#', few='# dni', many='# dni!', other='?') }}", "5 dni!"),
        ("ar", "{{ 0|plural(zero='none', other='#') }}", "none"),
        ("xx-YY", "{{ 1.5|number }}", "1.5"),
        ("zh-Hant-TW", "{{ '2026-12-24'|date('long') }}", "2026年12月24日"),
    ],
)
def test_values_are_written_as_the_locale_writes_them(locale, source, text):
    content = Content(Channel.SMS, {"text": source})
    formatting = Formatting(locale, "Europe/Paris")
    assert renderer.check(content) == Uses(renderer.check(content).paths, localised=True)
    assert renderer.render(content, {"at": MOMENT}, formatting)["text"] == text


def test_a_body_is_compiled_once_for_a_process():
    content = Content(Channel.SMS, {"text": "compiled once for {{ name }}"})
    before = compiled.cache_info().misses
    assert [renderer.render(content, {"name": each})["text"][-1] for each in "ab"] == ["a", "b"]
    assert compiled.cache_info().misses == before + 1


def test_each_reader_gets_their_own_though_it_is_compiled_once():
    """Also of what never changes: nothing is computed while it is compiled."""
    content = Content(Channel.SMS, {"text": "{{ 1234.5|number }}"})
    said = [renderer.render(content, {}, Formatting(locale))["text"] for locale in ("en", "de")]
    assert said == ["1,234.5", "1.234,5"]


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("America/New_York", "1:05 PM"),
        ("Asia/Kolkata", "11:35 PM"),
        (None, "6:05 PM"),
    ],
)
def test_times_are_those_of_the_readers_zone_else_of_the_time_itself(zone, text):
    content = Content(Channel.SMS, {"text": "{{ at|time }}"})
    assert renderer.render(content, {"at": MOMENT}, Formatting("en-US", zone))["text"] == text


def test_texts_have_no_spaces_that_would_make_them_utf_16_and_html_keeps_them():
    source = "{{ at|time }}"
    content = Content(Channel.EMAIL, {"text": source, "html": source})
    said = renderer.render(content, {"at": MOMENT}, Formatting("en-US"))
    assert said == {"text": "6:05 PM", "html": "6:05\u202fPM"}


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a'|money('EUR') }}",
        "{{ true|money('EUR') }}",
        "{{ n|money('euro') }}",
        "{{ n|money }}",
        "{{ n|number(99) }}",
        "{{ n|number(2, 3, 4) }}",
        "{{ 10000000000000000|number }}",
        "{{ 'tomorrow'|date }}",
        "{{ '2026-02-30'|date }}",
        "{{ '09:30'|date }}",
        "{{ '2026-12-24'|time }}",
        "{{ '2026-12-24'|datetime }}",
        "{{ '2026-12-24'|date('dd.MM.') }}",
        "{{ n|plural(one='a') }}",
        "{{ n|plural(other='a', several='b') }}",
        "{{ '0001-01-01T00:00:00+14:00'|datetime }}",
    ],
)
def test_what_cannot_be_written_so_is_refused_and_no_value_is_repeated(source):
    content = Content(Channel.SMS, {"text": source})
    with pytest.raises(TemplateFault) as fault:
        renderer.render(content, {"n": 7}, Formatting("en", "America/New_York"))
    assert "tomorrow" not in fault.value.message


LAYOUTS = {
    "base": "<{% block head %}H{{ a }}{% endblock %}|{% block main %}M{% endblock %}>{{ t }}",
    "section": "{% extends 'base' %}{% block main %}S{% block inner %}I{% endblock %}"
    "{{ super() }}{% endblock %}",
    "row": "({{ x }}{% set x = 9 %}{{ x }})",
}


@pytest.mark.parametrize(
    "source",
    [
        "{% extends 'base' %}",
        "{% extends 'base' %}{% set t = 'T' %}{% block main %}{{ a }}{{ super() }}{% endblock %}",
        "{% extends 'section' %}{% block inner %}{{ super() }}!{% endblock %}",
        "{% extends 'section' %}{% block main %}[{{ super() }}]{% endblock %}",
        "{% extends 'section' %}\n{% block head %}{{ super() }}{{ super() }}{% endblock %}\n",
        "{% for x in xs %}{% include 'row' %}{{ x }}{% endfor %}",
        "{% set x = 1 %}{% include 'row' %}{{ x }}",
        "{% if a %}{% block c %}C{% endblock %}{% else %}{% include 'row' %}{% endif %}",
        "{% if not a %}x{% elif a %}{% block c %}{% set q = 1 %}{{ q }}{% endblock %}{% endif %}",
        "{% extends 'base' %}{% block main %}{% for x in xs %}{% if x > 1 %}"
        "{% include 'row' %}{% endif %}{% endfor %}{% endblock %}",
    ],
)
def test_layouts_and_parts_say_what_they_say_in_jinja(source):
    scope: dict[str, Any] = {"a": "<A>", "xs": [1, 2, 3], "t": "t"}
    parts = {name: {"html": each} for name, each in LAYOUTS.items()}
    content = Content(Channel.EMAIL, {"html": source}, parts=parts)
    bare = Environment(
        loader=DictLoader({**LAYOUTS, "body": source}),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    assert renderer.render(content, scope)["html"] == bare.get_template("body").render(scope)


def test_what_is_asked_for_is_told_by_path():
    source = (
        "{{ contact.attributes['plan'] }}{{ contact.locale|upper }}{% for x in lines %}{{ x.a }}"
        "{% endfor %}{% set y = order %}{{ y }}{{ data[key] }}{% include 'footer' %}"
    )
    parts = {"footer": {"text": "{{ organisation.name }}"}}
    uses = renderer.check(Content(Channel.SMS, {"text": source}, parts=parts))
    assert uses.localised is False
    assert uses.paths == {
        "text": {
            ("contact", "attributes", "plan"),
            ("contact", "locale"),
            ("lines",),
            ("order",),
            ("data",),
            ("key",),
            ("organisation", "name"),
        }
    }


def test_babel_is_loaded_only_by_templates_that_write_with_it():
    code = (
        "import sys, json\n"
        "from outbound.adapters.templates.renderer import JinjaRenderer\n"
        "from outbound.domain.content import Content\n"
        "from outbound.domain.words import Channel\n"
        "renderer, had = JinjaRenderer(), []\n"
        "for source in ('{{ n }}', '{{ n|number }}'):\n"
        "    renderer.render(Content(Channel.SMS, {'text': source}), {'n': 1})\n"
        "    had.append('babel' in sys.modules)\n"
        "print(json.dumps(had))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [False, True]
