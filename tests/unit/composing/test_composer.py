"""What is sent of what authors write, and that their tags survive it."""

from __future__ import annotations

import re

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel
from tests.unit.composing.conftest import mjml

ROWS = """
{% for row in rows %}
<mj-text>{{ row.name }}{% if row.count > 1 %} * {{ row.count }}{% endif %}</mj-text>
{% endfor %}
"""


def rendered(bodies, **data):
    return JinjaRenderer().render(Content(Channel.EMAIL, bodies), data)


def test_mjml_becomes_html_that_says_the_same_for_each_row(compose):
    bodies = compose(mjml=mjml(ROWS))

    rows = [{"name": "Tea & milk", "count": 2}, {"name": "<Cup>", "count": 1}]
    sent = rendered(bodies, rows=rows)

    assert set(bodies) == {"html", "text"}
    assert sent["html"].count("Tea &amp; milk * 2") == 1
    assert sent["html"].count("&lt;Cup&gt;") == 1
    assert "mj-" not in re.sub(r"mj-(column|outlook|full)[\w-]*", "", sent["html"])
    assert sent["text"].strip().splitlines() == ["Tea & milk * 2", "<Cup>"]


def test_comparisons_and_strings_in_tags_are_no_markup(compose):
    bodies = compose(
        html='{% if a < b and c > "</p>" %}<p title="{{ "x" ~ \'"\' }}">{{ a < b }}</p>{% endif %}'
    )

    assert '{% if a < b and c > "</p>" %}' in bodies["html"]
    assert '<p title="{{ "x" ~ \'"\' }}">{{ a < b }}</p>' in bodies["html"]


def test_a_loop_of_rows_stays_inside_its_table(compose):
    html = "<table>{% for row in rows %}<tr><td>{{ row }}</td></tr>{% endfor %}</table>"

    sent = rendered(compose(html=html), rows=["a", "b"])

    assert "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>" in sent["html"]
    assert sent["text"].split() == ["a", "b"]


def test_whole_sections_and_columns_may_depend_on_data(compose):
    section = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
    source = (
        f"<mjml><mj-body>{{% if vip %}}{section.format('gold')}{{% else %}}"
        f"{section.format('plain')}{{% endif %}}</mj-body></mjml>"
    )

    bodies = compose(mjml=source)

    assert "gold" in rendered(bodies, vip=True)["html"]
    assert "gold" not in rendered(bodies, vip=False)["html"]


def test_a_value_may_decide_on_an_attribute(compose):
    colour = "{% if late %}#a00{% else %}#060{% endif %}"
    bodies = compose(
        mjml=mjml(
            f'<mj-button href="{{{{ url }}}}?a=1&b=2" background-color="{colour}">Go</mj-button>'
        )
    )

    sent = rendered(bodies, late=True, url="https://example.com/")["html"]

    assert 'bgcolor="#a00"' in sent
    assert 'href="https://example.com/?a=1&amp;b=2"' in sent


def test_tags_in_raw_stay_words(compose):
    bodies = compose(html="<p>{% raw %}Write {{ name }}{% endraw %}</p>")

    assert "<p>Write {{ name }}</p>" in rendered(bodies)["html"]


def test_styles_stand_at_their_elements_and_media_queries_stay(compose):
    html = (
        "<style>p{margin:0;color:{{ colour }}} a:hover{color:red}"
        "@media (prefers-color-scheme: dark){p{color:#fff}}</style><p>Hi</p><a href='#x'>x</a>"
    )

    sent = compose(html=html)["html"]

    assert '<p style="margin: 0;color: {{ colour }};">Hi</p>' in sent
    assert "@media (prefers-color-scheme: dark)" in sent
    assert "a:hover" in sent
    assert "p{margin:0" not in sent


def test_a_part_of_a_document_becomes_a_document_in_its_language(compose):
    assert compose(html="<p>Bonjour</p>", locale="fr-CA")["html"].startswith(
        '<!DOCTYPE html><html lang="fr-CA"><head><meta charset="utf-8">'
    )
    assert '<html lang="fr"' in compose(mjml=mjml(""), locale="fr")["html"]
    whole = '<html lang="de"><head><title>x</title></head><body>x</body></html>'
    assert '<html lang="de">' in compose(html=whole, locale="fr")["html"]


@pytest.mark.parametrize(
    ("locale", "told"),
    [("ar-EG", 'lang="ar-EG" dir="rtl"'), ("he", 'lang="he" dir="rtl"'), ("qq", 'lang="qq"')],
)
def test_it_runs_in_the_direction_of_its_language(compose, locale, told):
    assert f"<html {told}><" in compose(html="<p>a</p>", locale=locale)["html"]
    whole = "<html><body>a</body></html>"
    assert f"<html {told}><" in compose(html=whole, locale=locale)["html"]
    if "rtl" in told:
        assert f"<html {told} " in compose(mjml=mjml(""), locale=locale)["html"]
    given = '<html lang="en" dir="ltr"><body>a</body></html>'
    assert '<html lang="en" dir="ltr">' in compose(html=given, locale=locale)["html"]


def test_a_preheader_is_hidden_text_at_the_beginning(compose):
    for body in ({"html": "<p>Hi</p>"}, {"mjml": mjml("<mj-text>Hi</mj-text>")}):
        sent = compose(preheader="Tom & {{ name }}", **body)["html"]

        assert re.search(
            r"<body[^>]*><div style=\"display:none[^>]*>Tom &amp; {{ name }}\u034f", sent
        )


def test_what_extends_a_layout_stays_a_part_and_takes_its_styles(compose):
    layout = "<style>.note{color:#333}</style>"

    bodies = compose(
        html='{% extends "base" %}{% block content %}<p class="note">{{ x }}</p>{% endblock %}',
        preheader="Soon",
        parts={"base": {"html": layout}},
    )

    assert bodies["html"] == (
        '{% extends "base" %}{% block content %}<p class="note" style="color: #333;">{{ x }}</p>'
        "{% endblock %}{% block preheader %}Soon{% endblock %}"
    )
    assert bodies["text"] == '{% extends "base" %}{% block content %}{{ x }}{% endblock %}\n'


def test_a_layout_keeps_styles_for_what_comes_later(compose):
    html = (
        "<style>.note{color:#333}</style>"
        "<body><p class='note'>{% block content %}{% endblock %}</p></body>"
    )

    assert ".note" in compose(html=html, partial=True)["html"]
    assert (
        compose(html="<tr><td>{{ x }}</td></tr>", partial=True)["html"]
        == "<tr><td>{{ x }}</td></tr>"
    )


def test_a_text_of_ones_own_is_kept(compose):
    assert compose(html="<p>Hi</p>", text="Hello there")["text"] == "Hello there"


def test_no_font_or_picture_comes_from_others(compose):
    sent = compose(mjml=mjml("<mj-text font-family='Roboto, Arial'>Hi</mj-text>"))["html"]

    assert "http" not in sent.replace("http://www.w3.org/1999/xhtml", "").replace("http-equiv", "")


def test_composing_twice_gives_the_same(compose):
    source = mjml(ROWS)

    assert compose(mjml=source) == compose(mjml=source)
