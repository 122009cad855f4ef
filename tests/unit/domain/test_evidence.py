"""Evidence is as it was signed, or it isn't."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.evidence import signed, verified

SECRET = b"a secret of the tests"
JWS = signed('{"tenant":"acme"}', SECRET)


@given(st.text(st.characters(codec="utf-8")))
def test_what_was_signed_is_read_again(document):
    assert verified(signed(document, SECRET), SECRET) == document


def test_it_is_a_json_web_signature():
    header, document, signature = JWS.split(".")

    assert base64.urlsafe_b64decode(header + "==").startswith(b'{"alg":"HS256"')
    assert base64.urlsafe_b64decode(document + "==") == b'{"tenant":"acme"}'
    assert len(base64.urlsafe_b64decode(signature + "=")) == 32


@given(st.integers(0, len(JWS) - 1), st.characters(codec="ascii"))
def test_whatever_is_changed_is_noticed(place, sign):
    changed = JWS[:place] + sign + JWS[place + 1 :]

    assert (verified(changed, SECRET) is None) is (changed != JWS)


@pytest.mark.parametrize(
    "jws", ["", ".", "..", "a.b.c", JWS + "A", JWS.rpartition(".")[0], JWS + "=", "é" + JWS]
)
def test_what_is_no_evidence_is_not(jws):
    assert verified(jws, SECRET) is None


def test_another_key_or_none_is_not_ours():
    assert verified(JWS, b"another") is None
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    assert verified(f"{none}.{JWS.split('.')[1]}.", SECRET) is None
