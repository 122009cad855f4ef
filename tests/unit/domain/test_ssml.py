"""SSML: what Amazon Polly's standard voices speak, and what is told of the rest."""

from __future__ import annotations

import re
import time
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain import speech, ssml
from outbound.domain.ssml_elements import ELEMENTS

SPOKEN = [
    "Hello",
    "Hello &amp; &lt;welcome&gt; &#169;",
    '<break/> a <break strength="x-strong"/> b <break time="10s"/> c <break time="250ms"/>',
    '<emphasis>a</emphasis><emphasis level="strong">b</emphasis>',
    '<lang xml:lang="fr-FR">Bonjour</lang>',
    '<mark name="here"/>a',
    "<p><s>One.</s><s>Two.</s></p>",
    '<phoneme alphabet="ipa" ph="pɪˈkɑːn">pecan</phoneme>',  # noqa: RUF001
    '<phoneme alphabet="x-amazon-pinyin" ph="bo2">薄</phoneme>',
    '<prosody volume="+6dB" rate="85%" pitch="-10%">a</prosody>',
    '<prosody volume="silent" rate="x-slow" pitch="high">a</prosody>',
    '<prosody rate="-10%">a</prosody><prosody amazon:max-duration="2s">b</prosody>',
    '<say-as interpret-as="date" format="mdy">12-31-1900</say-as>',
    '<say-as interpret-as="telephone">2025551212</say-as>',
    '<sub alias="mercury">Hg</sub>',
    '<w role="amazon:VBD">read</w>',
    'a<amazon:breath duration="medium" volume="x-loud"/>',
    '<amazon:auto-breaths volume="soft" frequency="low" duration="x-short">a</amazon:auto-breaths>',
    '<amazon:effect name="whispered">a</amazon:effect>',
    '<amazon:effect phonation="soft" vocal-tract-length="+15%">a</amazon:effect>',
    '<amazon:effect name="drc"><prosody volume="loud">a</prosody></amazon:effect>',
]


@pytest.mark.parametrize("inner", SPOKEN)
def test_what_standard_voices_speak_is_taken(inner):
    assert ssml.read(f"<speak>{inner}</speak>").objections == ()


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'version="1.0"',
        'version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US"',
    ],
)
def test_the_namespace_may_be_declared(attributes):
    assert ssml.read(f"\n<speak {attributes}>Hello</speak>\n").objections == ()


REFUSED = [
    ("", "not well-formed XML at line 1"),
    ("Hello", "not well-formed XML at line 1"),
    ("<speak>Hello", "not well-formed XML at line 1, column 13"),
    ("<speak>a & b</speak>", "not well-formed"),
    ("<speak>\n\n<p>a</s></speak>", "not well-formed XML at line 3"),
    ("<speak>&nbsp;</speak>", "not well-formed"),
    ("<speak>a</speak><speak>b</speak>", "not well-formed"),
    ("<speak>\ud800</speak>", "not well-formed"),
    ("<p>Hello</p>", "line 1: it must be one <speak> element"),
    ("<speak><speak>a</speak></speak>", "line 1: it must be one <speak> element"),
    ("<?xml version='1.0'?><speak>a</speak>", "declarations"),
    ('<!DOCTYPE speak SYSTEM "file:///etc/passwd"><speak>a</speak>', "declarations"),
    ("<speak><!-- a --></speak>", "comments"),
    ("<speak><![CDATA[a]]></speak>", "declarations"),
    ("<speak><?php a ?></speak>", "processing instructions"),
    ("<speak></speak>", "it says nothing"),
    ("<speak> <break time='1s'/> </speak>", "it says nothing"),
    ('<speak>\n<audio src="a.mp3"/></speak>', "line 2: <audio> is not spoken; there are"),
    ('<speak><amazon:domain name="news">a</amazon:domain></speak>', "<amazon:domain> is not"),
    ("<speak><voice>a</voice></speak>", "<voice> is not spoken"),
    ('<speak onload="a">a</speak>', "<speak> has an attribute onload; it takes version"),
    ('<speak xmlns="http://example.com">a</speak>', "xmlns of <speak> has a value"),
    ("<speak><p class='a'>a</p></speak>", "<p> has an attribute class; it takes no attributes"),
    ('<speak>a<break time="11s"/></speak>', "time of <break> is longer than 10s"),
    ('<speak>a<break time="10001ms"/></speak>', "time of <break> is longer than 10s"),
    ('<speak>a<break time="forever"/></speak>', "time of <break> has a value"),
    ("<speak><break>a</break></speak>", "<break> must be empty"),
    ("<speak>a<break><p>b</p></break></speak>", "<break> must be empty"),
    ("<speak><lang>a</lang></speak>", "<lang> lacks xml:lang"),
    ("<speak><mark/>a</speak>", "<mark> lacks name"),
    ('<speak><phoneme ph="a">a</phoneme></speak>', "<phoneme> lacks alphabet"),
    ("<speak><prosody>a</prosody></speak>", "<prosody> lacks volume or rate or pitch or"),
    ('<speak><prosody rate="10%">a</prosody></speak>', "rate of <prosody> is not from 20% to"),
    ('<speak><prosody rate="-90%">a</prosody></speak>', "rate of <prosody> is not from 20% to"),
    ('<speak><prosody rate="999%">a</prosody></speak>', "rate of <prosody> is not from 20% to"),
    ('<speak><say-as interpret-as="joke">a</say-as></speak>', "interpret-as of <say-as> has a"),
    ('<speak><sub alias=" ">a</sub></speak>', "alias of <sub> has a value"),
    ('<speak><sub alias="' + "a" * 201 + '">a</sub></speak>', "alias of <sub> has 201 characters"),
    ("<speak>" + "<p>" * 20 + "a" + "</p>" * 20 + "</speak>", "nested more than 20 deep"),
    ("<speak>" + "a<p/>" * 500 + "</speak>", "more than 500 elements"),
    ("<speak>" + "a" * 3001 + "</speak>", "it has 3001 characters between its tags; 3000 may be"),
    ("<speak>" + "a" * 6000 + "</speak>", "it has 6015 characters; with all tags it may have 6000"),
]


@pytest.mark.parametrize(("markup", "objection"), REFUSED)
def test_what_they_do_not_speak_is_told_with_its_place(markup, objection):
    found = ssml.read(markup).objections
    assert found
    assert objection in found[0]


@pytest.mark.parametrize(
    "inner",
    [
        "<p>" * 19 + "a" + "</p>" * 19,
        "a" + "<p/>" * 499,
        "a" * 3000,
        '<sub alias="' + "a" * 200 + '">a</sub>',
    ],
)
def test_what_is_just_within_the_bounds_is_taken(inner):
    assert ssml.read(f"<speak>{inner}</speak>").objections == ()


def test_all_that_is_wrong_is_told_up_to_a_number():
    assert len(ssml.read("<speak>a<x/><y/><z/></speak>").objections) == 3
    assert len(ssml.read("<speak>a" + "<x/>" * 100 + "</speak>").objections) == ssml.TOLD


def test_no_value_and_no_strange_name_is_repeated():
    markup = '<speak>\n<break time="secret"/><sub secret-é="a">a</sub></speak>'
    told = " ".join(ssml.read(markup).objections)
    assert "secret" not in told
    assert "line 2" in told


BOMBS = {
    "laughs": '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 500
    + '">]><speak>'
    + "&b;" * 500
    + "</speak>",
    "deep": "<speak>" + "<p>" * 1900,
    "many": "<speak>" + "<p/>" * 1490 + "</speak>",
    "attributes": "<speak " + " ".join(f'a{n}="b"' for n in range(500)) + ">a</speak>",
    "long": "<speak>" + "a" * 10_000_000 + "</speak>",
}


@pytest.mark.parametrize("markup", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_before_it_grows(markup):
    began = time.process_time()
    assert ssml.read(markup).objections
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    ("inner", "seconds"),
    [
        ("Hi", 1),
        ('Hi<break time="9s"/>', 10),
        ('Hi<break time="9500ms"/>', 10),
        ('<prosody rate="50%">hello hello hello</prosody>', 3),
        ('<prosody rate="50%"><prosody rate="50%">hello hello hello</prosody></prosody>', 6),
        ("hello hello hello", 2),
        ('<say-as interpret-as="characters">hello</say-as>', 2),
        ('<sub alias="hello hello hello hello hello hello">Hg</sub>', 3),
        ('<sub alias="a">hello hello hello hello hello hello</sub>', 1),
        ("<p>a</p><p>b</p><p>c</p>", 4),
    ],
)
def test_a_call_takes_what_its_markup_says(inner, seconds):
    assert speech.seconds(ssml.read(f"<speak>{inner}</speak>").script) == seconds


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60)
NAMES = st.sampled_from([*ELEMENTS, "audio", "x", "amazon:domain", "voice"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["time", "rate", "alias", "name", "xml:lang", "role", "x"]),
    st.sampled_from(["1s", "50%", "a", "en-US", "-99%", "x-slow", ""]),
    max_size=3,
)


def element(children):
    def written(parts):
        name, attributes, inner = parts
        shown = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        return f"<{name}{shown}>{''.join(inner)}</{name}>"

    return st.tuples(NAMES, ATTRIBUTES, st.lists(children, max_size=4)).map(written)


@given(st.recursive(TEXTS.map(escape), element, max_leaves=12))
def test_any_markup_is_either_spoken_or_told_with_a_line(inner):
    found = ssml.read(f"<speak>{inner}</speak>")
    assert speech.seconds(found.script) >= 1
    for objection in found.objections:
        assert re.search(r"^line 1: |^it ", objection)


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_without_an_error(markup):
    ssml.read(markup)
