"""What no email may have, refused with the line where it stands."""

from __future__ import annotations

import time

import pytest

from outbound.ports import TemplateFault
from tests.unit.composing.conftest import mjml

SCRIPTS = (
    "<script>alert(1)</script>",
    "<SCRIPT src=//x></SCRIPT>",
    '<img src="x.png" onerror="alert(1)">',
    "<p OnClick=x>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="data:text/html,<script>x</script>">x</a>',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<a href="file:///etc/passwd">x</a>',
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)"></svg>',
    "<math><mi>x</mi></math>",
    '<iframe srcdoc="x"></iframe>',
    '<object data="x"></object>',
    '<embed src="x">',
    '<base href="https://x.org/">',
    '<link rel="stylesheet" href="https://x.org/a.css">',
    '<meta http-equiv="Refresh" content="0;url=https://x.org">',
    "<style>@import url(https://x.org/a.css);</style>",
    '<p style="width: expression(alert(1))">x</p>',
    '<p style="background: url(javascript:alert(1))">x</p>',
)
BROKEN = {
    "<div>a": "<div> isn't closed",
    "a</div>": "</div> closes nothing",
    "<b><i>a</b></i>": "</b> can't stand here: <i> of line 3 isn't closed",
    "<br>a</br>": "<br> is never closed",
    "{% if a %}<div>{% else %}<div class=x>{% endif %}a</div>": "<div> isn't closed",
    "<p {% if a %}class=x{% endif %}>a</p>": "a tag can't stand between attributes",
    '<p class="a" class="b">a</p>': "class is given twice",
    "<style>{% if a %}p{}{% endif %}</style>": "styles may have {{ … }}, but no other tags",
    "<![CDATA[ a ]]>": "what begins with <![CDATA[ can't be read",
    "<?php echo 1 ?>": "what begins with <?php ech can't be read",
    "<mj-text>a</mj-text>": "<mj-text> can't stand in html; give the whole as mjml",
    '<a href="https://x.org>a</a>': "can't be read; is a quote or a > missing?",
}
WRONG_MJML = {
    mjml("<mj-tex>a</mj-tex>"): "<mj-tex> can't stand in <mj-column>: it takes mj-accordion, ",
    mjml("a"): "text can't stand in <mj-column>; put it into <mj-text>",
    mjml("{{ a }}"): "text can't stand in <mj-column>; put it into <mj-text>",
    mjml("<p>a</p>"): "<p> can't stand in <mj-column>: it takes mj-accordion, ",
    mjml("<mj-text><mj-text>a</mj-text></mj-text>"): "<mj-text> can't stand in <mj-text>",
    mjml("", "<mj-font name='x' href='https://x.org'/>"): "<mj-font> loads a font from elsewhere",
    mjml("<mj-include path='/etc/passwd'/>"): "mj-include reads files",
    mjml("<mj-social><mj-social-element name='x'/></mj-social>"): "<mj-social-element> needs a src",
    mjml("<mj-image src='x.png' width='{{ w }}px'/>"): "{{ w }} can't stand here",
    "{% set a = 1 %}" + mjml(""): "nothing can stand outside of <mjml>",
    mjml("") + "<p>x</p>": "mjml must be the outermost element",
    "<p>a</p>": "mjml must be the outermost element",
    mjml(
        "", "<mj-title>{% if a %}x{% endif %}</mj-title><mj-breakpoint width='{{ a }}'/>"
    ): "can't",
}


@pytest.mark.parametrize("markup", SCRIPTS)
def test_what_runs_or_loads_is_refused_with_its_line(compose, markup):
    for body in (
        {"html": f"<p>a</p>\n\n{markup}"},
        {"mjml": mjml(f"\n\n<mj-text>{markup}</mj-text>")},
    ):
        with pytest.raises(TemplateFault, match="can't be used, line 3: ") as caught:
            compose(**body)
        assert caught.value.code == "invalid_markup"
        assert caught.value.body == next(iter(body))


@pytest.mark.parametrize("markup", BROKEN)
def test_markup_that_parsers_would_guess_at_is_refused_with_its_line(compose, markup):
    with pytest.raises(TemplateFault) as caught:
        compose(html=f"<p>a</p>\n\n{markup}\n\n")

    assert caught.value.message.startswith("html can't be used, line 3: ")
    assert BROKEN[markup] in caught.value.message


@pytest.mark.parametrize("source", WRONG_MJML)
def test_mjml_that_has_no_such_place_is_refused(compose, source):
    with pytest.raises(TemplateFault) as caught:
        compose(mjml=source)

    assert WRONG_MJML[source] in caught.value.message


def test_the_line_is_that_of_the_source_though_tags_have_lines_too(compose):
    html = "<p>\n{{ a\n   ~ b }}\n{# one\ntwo #}\n</p>\n<script></script>"

    with pytest.raises(TemplateFault, match="line 7: <script>"):
        compose(html=html)


def test_links_of_the_data_and_of_mail_are_taken(compose):
    for link in (
        "{{ url }}",
        "https://x.org",
        "mailto:a@x.org",
        "tel:+1",
        "sms:+1",
        "cid:a",
        "#top",
    ):
        compose(html=f'<a href="{link}">x</a><img src="data:image/png;base64,AAAA" alt="">')


def test_a_template_that_is_none_is_refused(compose):
    with pytest.raises(TemplateFault, match="line 2"):
        compose(html="<p>\n{{ a</p>")


@pytest.mark.parametrize(
    ("body", "objection"),
    [
        ({"html": "x" * 200_001}, "html has 200001 characters; at most 200000 are allowed"),
        ({"mjml": "x" * 200_001}, "mjml has 200001 characters"),
        ({"html": "x", "preheader": "x" * 1001}, "preheader has 1001 characters"),
        ({"html": "<div>" * 30_000}, "elements lie at most 60 deep"),
        ({"html": "<p><b>" * 30_000}, "elements lie at most 60 deep"),
        ({"html": "<li>" * 49_000}, "more than 3000 elements"),
        ({"html": f"<style>{'p{color:red}' * 1001}</style>"}, "more than 1000 styles"),
        ({"html": "{{ '" * 50_000}, "line 1"),
        ({"html": "{{" * 90_000}, "line 1"),
        ({"html": "<a " * 60_000}, "html can't be used"),
        ({"html": "<!--" * 45_000}, "html can't be used"),
    ],
)
def test_hostile_sizes_are_refused_before_they_cost(compose, body, objection):
    began = time.process_time()

    with pytest.raises(TemplateFault, match=objection):
        compose(**body)

    assert time.process_time() - began < 3


def test_the_most_that_is_allowed_takes_seconds_not_minutes(compose):
    styles = "".join(f"p.a{number},p{{color:red;margin:{number}px}}" for number in range(1000))
    html = f"<style>{styles}</style>" + "<p>x</p>" * 2_900
    began = time.process_time()

    compose(html=html)

    assert time.process_time() - began < 10
