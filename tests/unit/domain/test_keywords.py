"""What a text that a person sends us means."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain import opt_out_words as words
from outbound.domain.keywords import Kind, Meaning, meaning

FCC = "47 CFR 64.1200(a)(10)"
AWS = "https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html"
CTIA = "CTIA Messaging Principles and Best Practices (May 2023), 5.1.3"
OURS = "our reading: a no where it may be one, unless it is negated"

STOPS = [
    *((each, FCC) for each in ("stop", "quit", "end", "revoke", "opt out", "cancel")),
    ("unsubscribe", FCC),
    *((each, AWS) for each in ("ARRET", "CANCEL", "END", "OPT-OUT", "OPTOUT", "QUIT")),
    *((each, AWS) for each in ("REMOVE", "STOP", "TD", "UNSUBSCRIBE")),
    *((each, CTIA) for each in ("STOPALL", "STOP ALL", "Stop.", "STOP!!", "“stop”", " stop\n")),
    *((each, CTIA) for each in ("please stop", "stop texting me", "Stop all texts", "STOP 🛑")),
    *((each, CTIA) for each in ("Please unsubscribe me", "I would like to opt out", "Remove me")),
    *((each, CTIA) for each in ("Don't text me", "do not contact me again", "take me off")),
    *((each, CTIA) for each in ("No more texts please", "leave me alone", "opt me out")),
    *((each, CTIA) for each in ("Cancel please", "quit it", "cancel my subscription", "no, stop")),
    *(
        (each, OURS)
        for each in (
            "\uff33\uff34\uff2f\uff30",
            "\u24c8\u24c9\u24c4\u24c5",
            "s.t.o.p",
            "S T O P",
            "STOOOP",
            "st\u200bop",
        )
    ),
    *((each, OURS) for each in ("bus stop 5 please", "non stop", "can you stop by", "stop start")),
    *((each, OURS) for each in ("you won't stop", "if you don't stop I'll sue", "why not stop")),
    *((each, OURS) for each in ("Wrong number", "Opt\u2011out", "STOP to end, START to resume")),
    *((each, OURS) for each in ("baja", "CANCELAR", "Darme de baja por favor", "no me escriban")),
    *((each, OURS) for each in ("arrêt", "Désabonner", "ne m'envoyez plus rien", "RÉSILIER")),
    *((each, OURS) for each in ("Stopp", "bitte abmelden", "KÜNDIGEN", "keine SMS mehr bitte")),
    ("I am on holiday with my family until Sunday evening, so stop sending me all of this", OURS),
]
OTHERS = [
    ("START", Meaning(Kind.START, "start"), CTIA),
    ("start please", Meaning(Kind.START, "start"), CTIA),
    ("Unstop.", Meaning(Kind.START, "unstop"), AWS),
    ("YES!", Meaning(Kind.YES, "yes"), CTIA),
    ("Sí", Meaning(Kind.YES, "si"), OURS),
    ("HELP", Meaning(Kind.HELP, "help"), CTIA),
    ("info?", Meaning(Kind.HELP, "info"), CTIA),
    ("JOIN Offers", Meaning(Kind.JOIN, "offers"), OURS),
    ("join, offers!", Meaning(Kind.JOIN, "offers"), OURS),
    ("don't stop", None, OURS),
    ("Please don\u2019t stop", None, OURS),
    ("do not stop", None, OURS),
    ("nicht abmelden", None, OURS),
    ("ne pas désabonner", None, OURS),
    ("nonstop", None, OURS),
    ("cancel my appointment", None, OURS),
    ("when does it end", None, OURS),
    ("my car stopped", None, OURS),
    ("restart", None, OURS),
    ("yes I will be there", None, OURS),
    ("help yourself to a coffee", None, OURS),
    ("join", None, OURS),
    ("join us today", None, OURS),
    ("join " + "x" * 31, None, OURS),
    ("", None, OURS),
    ("🛑", None, OURS),
    ("See you at 5", None, OURS),
]


@pytest.mark.parametrize(("text", "source"), STOPS)
def test_a_text_that_is_a_no_is_understood(text, source):
    found = meaning(text)
    assert found is not None, source
    assert found.kind is Kind.STOP


@pytest.mark.parametrize(("text", "expected", "source"), OTHERS)
def test_another_text_is_what_it_says_or_nothing(text, expected, source):
    assert meaning(text) == expected, source


MARKS = st.text(alphabet=" \t\n.,!?\"'()*-_“”«»…🛑👋\u200d\ufe0f", max_size=6)
ALL_WORDS = [(each, Kind.STOP) for each in sorted(words.ALONE)]
ALL_WORDS += [(each, Kind.START) for each in sorted(words.START)]
ALL_WORDS += [(each, Kind.HELP) for each in sorted(words.HELP)]
ALL_WORDS += [(each, Kind.YES) for each in sorted(words.YES)]


@st.composite
def dressed(draw):
    """A word of a list in any case and width, with punctuation, spaces and emoji around it."""
    word, kind = draw(st.sampled_from(ALL_WORDS))
    said = "".join(draw(st.sampled_from([each, each.upper(), wide(each)])) for each in word)
    return draw(MARKS) + said + draw(MARKS), kind


def wide(letter):
    full = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else "\u3000"
    assert unicodedata.normalize("NFKC", full) == letter
    return full


@given(dressed())
def test_neither_case_nor_width_nor_marks_around_a_word_change_it(said):
    text, kind = said
    found = meaning(text)
    assert found is not None
    assert found.kind is kind


@given(st.text(max_size=200), st.sampled_from(sorted(words.PHRASES)))
def test_a_phrase_is_found_whatever_stands_before_it(text, phrase):
    found = meaning(f"{text} and so on, {phrase}.")
    assert found is not None
    assert found.kind is Kind.STOP


@given(st.text())
def test_any_text_can_be_read(text):
    found = meaning(text)
    assert found is None or found.word.isascii()


@given(st.sampled_from(sorted(words.ANYWHERE)), st.sampled_from(["don't", "do not", "never"]))
def test_a_negated_word_is_no_no(word, negation):
    found = meaning(f"please {negation} {word}")
    assert found is None or found.kind is not Kind.STOP


def test_of_a_giant_text_the_beginning_is_read():
    assert meaning("stop " * 1_000_000) is not None
    assert meaning("x " * 5_000 + "stop") is None
