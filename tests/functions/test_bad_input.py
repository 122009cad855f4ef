"""Bad requests: the right 4xx problem at the right place, and nothing written."""

import json

import pytest

SMS = {
    "to": {"phone": "+14255550199"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Hello."},
}
EMAIL = {"to": {"email": "ann@example.org"}, "channel": "email", "purpose": "transactional"}
VOICE = {"to": {"phone": "+14255550199"}, "channel": "voice", "purpose": "transactional"}


def sms(**changes):
    return {**SMS, **changes}


def text(template, **data):
    return sms(content={"text": template}, data=data)


def mail(subject="Hi", body="Hello.", **data):
    return {**EMAIL, "content": {"subject": subject, "text": body}, "data": data}


def ssml(body):
    return {**VOICE, "content": {"ssml": body}}


def call(**content):
    return {**VOICE, "content": {"text": "Hello.", **content}}


BAD = [
    ("", 400, "malformed_json", None),
    ("{", 400, "malformed_json", None),
    ("nope", 400, "malformed_json", None),
    ("[" * 5000, 400, "malformed_json", None),
    ("[]", 422, "invalid_request", ""),
    ("null", 422, "invalid_request", ""),
    ("{}", 422, "invalid_request", "/to"),
    (json.dumps(SMS)[:-1] + ', "data": {"a": NaN}}', 422, "invalid_request", "/data"),
    (json.dumps(SMS)[:-1] + ', "data": {"a": 1' + "0" * 5000 + "}}", None, None, None),
    (json.dumps(SMS).replace("Hello.", "\\ud800"), 400, "malformed_json", None),
    ("x" * 7_000_000, 413, "body_too_large", None),
    (sms(unknown=1), 422, "invalid_request", "/unknown"),
    (sms(to={"phone": "4255550199"}), 422, "invalid_request", "/to/phone"),
    (sms(to={"phone": "+1425"}), 422, "invalid_request", "/to/phone"),
    (sms(to={"phone": 14255550199}), 422, "invalid_request", "/to/phone"),
    (sms(to={"phone": "+1 425 555 0199"}), 422, "invalid_request", "/to/phone"),
    (sms(to={}), 422, "invalid_request", "/to"),
    (sms(to={"phone": "+14255550199", "email": "a@b.co"}), 422, "invalid_request", "/to"),
    (sms(to={"email": "a@b.co"}), 422, "no_address_for_channel", "/to"),
    (sms(to={"contact_id": "con_unknown"}), 422, "unknown_contact", "/to/contact_id"),
    (sms(to={"contact_id": "a#b"}), 422, "invalid_request", "/to/contact_id"),
    ({**EMAIL, "to": {"email": "ann@@x"}}, 422, "invalid_request", "/to/email"),
    ({**EMAIL, "to": {"email": "a@b.co\r\nBcc: c@d.ef"}}, 422, "invalid_request", "/to/email"),
    (sms(channel="fax"), 422, "invalid_request", "/channel"),
    (sms(purpose="spam"), 422, "invalid_request", "/purpose"),
    (sms(purpose="emergency"), 422, "invalid_request", "/purpose"),
    (sms(topic="Not A Topic"), 422, "invalid_request", "/topic"),
    (sms(content={}), 422, "invalid_request", "/content/text"),
    (sms(content={"text": 5}), 422, "invalid_request", "/content/text"),
    (sms(content={"text": "a", "subject": "b"}), 422, "invalid_request", "/content/subject"),
    (sms(content="Hello"), 422, "invalid_request", "/content"),
    (sms(template={"id": "a"}), 422, "invalid_request", ""),
    ({**SMS, "content": None}, 422, "invalid_request", ""),
    ({**SMS, "content": None, "template": {"id": "no"}}, 422, "unknown_template", "/template"),
    (sms(data=[]), 422, "invalid_request", "/data"),
    (sms(data={"a": "x" * 40_000}), 422, "invalid_request", "/data"),
    (sms(send_at="2020-01-01T00:00:00Z"), 422, "time_in_the_past", "/send_at"),
    (sms(send_at="2999-01-01T00:00:00Z"), 422, "time_too_far", "/send_at"),
    (sms(send_at="2099-01-01T00:00:00"), 422, "timezone_not_known", "/send_at"),
    (sms(send_at="9999-12-31T23:59"), 422, "invalid_request", "/send_at"),
    (sms(send_at=1893456000), 422, "invalid_request", "/send_at"),
    (sms(send_at="tomorrow"), 422, "invalid_request", "/send_at"),
    (sms(expires_at="2020-01-01T00:00:00Z"), 422, "time_in_the_past", "/expires_at"),
    (sms(on_unconfirmed="maybe"), 422, "invalid_request", "/on_unconfirmed"),
    (text("{{ order }}"), 422, "missing_variable", "/data/order"),
    (text("{{ order.nr }}", order={}), 422, "missing_variable", "/data/order/nr"),
    (text("{{ x[0].y }}", x=[{}]), 422, "missing_variable", "/data/x/0/y"),
    (text("{{ order"), 422, "invalid_template", "/content/text"),
    (text("{% include 'x' %}"), 422, "invalid_template", "/content/text"),
    (text("{% macro a() %}{% endmacro %}"), 422, "invalid_template", "/content/text"),
    (text("{{ ''.__class__ }}"), 422, "invalid_template", "/content/text"),
    (text("{{ cycler() }}"), 422, "invalid_template", "/content/text"),
    (text("{{ x|attr('y') }}", x=1), 422, "invalid_template", "/content/text"),
    (text("{{ '%s'|format(1) }}"), 422, "invalid_template", "/content/text"),
    (text("{{ 'a' * 10**9 }}"), 422, "invalid_template", "/content/text"),
    (text("{{ 'a' * 999999999 }}"), 422, "template_bounds", "/content/text"),
    (text("{{ 1|round(999999999, 'ceil') }}"), 422, "template_bounds", "/content/text"),
    (text("{% set a = 'aaaa' %}" + "{% set a = a ~ a %}" * 40), 422, "template_bounds", None),
    (
        text(
            "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}",
            l=list(range(3000)),
        ),
        422,
        "template_bounds",
        "/content/text",
    ),
    (text("{{ x }}", x=None), 422, "template_bounds", "/content/text"),
    (text("{{ x }}", x=[1]), 422, "template_bounds", "/content/text"),
    (text("{{ 1 / 0 }}"), 422, "invalid_template", "/content/text"),
    (text("{{ x }}", x="  "), 422, "invalid_content", "/content/text"),
    (text("a" * 1601), 422, "invalid_content", "/content/text"),
    (text("a\u0000b"), 422, "invalid_content", "/content/text"),
    (text("{{ a }}" * 2001, a=1), 422, "template_too_large", "/content/text"),
    (mail("Hi\r\nBcc: a@b.co"), 422, "invalid_request", "/content/subject"),
    (mail("Hi {{ x }}", x="a\r\nBcc: a@b.co"), 422, "invalid_content", "/content/subject"),
    (mail("Hi {{ x }}", x="a\u2028b"), 422, "invalid_content", "/content/subject"),
    ({**EMAIL, "content": {"subject": "a"}}, 422, "invalid_request", "/content/text"),
    ({**VOICE, "content": {}}, 422, "invalid_request", "/content"),
    ({**VOICE, "content": {"text": "a", "ssml": "b"}}, 422, "invalid_request", "/content"),
    (ssml("<speak>"), 422, "invalid_content", "/content/ssml"),
    (ssml("<p>Hi</p>"), 422, "invalid_content", "/content/ssml"),
    (
        ssml('<!DOCTYPE a [<!ENTITY b "c">]><speak>&b;</speak>'),
        422,
        "invalid_content",
        "/content/ssml",
    ),
    (
        ssml(
            '<!DOCTYPE a [<!ENTITY b "ha">'
            + "".join(f'<!ENTITY c{n} "{"&b;" * 10}">' for n in range(9))
            + "]><speak>&c8;</speak>"
        ),
        422,
        "invalid_content",
        "/content/ssml",
    ),
    (ssml("<speak>" + "<p>" * 900), 422, "invalid_content", "/content/ssml"),
    (ssml("<speak>a" + "<p/>" * 1000 + "</speak>"), 422, "invalid_content", "/content/ssml"),
    (ssml(f'<speak>a<mark name="{"x" * 5000}"/></speak>'), 422, "invalid_content", None),
    (ssml("<speak>" + "a" * 100_000 + "</speak>"), 422, "invalid_content", "/content/ssml"),
    (ssml('<speak><audio src="https://a.bc/d"/>a</speak>'), 422, "invalid_content", None),
    (ssml("<speak></speak>"), 422, "invalid_content", "/content/ssml"),
    (ssml("<speak>{% if x %}</speak>"), 422, "invalid_template", "/content/ssml"),
    (
        ssml("<speak>a" + '<break time="10s"/>' * 30 + "</speak>"),
        422,
        "invalid_content",
        "/content/ssml",
    ),
    (call(text="7" * 1000), 422, "invalid_content", "/content/text"),
    (call(text="a" * 3001), 422, "invalid_content", "/content/text"),
    (call(voice="HAL"), 422, "invalid_request", "/content/voice"),
    (call(voice="joanna"), 422, "invalid_request", "/content/voice"),
    (call(voice=None, locale="not a locale"), 422, "invalid_request", "/content/locale"),
    (call(locale="x" * 1000), 422, "invalid_request", "/content/locale"),
    (call(locale=7), 422, "invalid_request", "/content/locale"),
    (sms(content={"text": "a", "voice": "JOANNA"}), 422, "invalid_request", "/content/voice"),
    (text("a" * 300) | {"to": {"phone": "+60123456789"}}, 422, "price_over_cap", "/to"),
]


@pytest.mark.parametrize(("body", "status", "code", "pointer"), BAD, ids=range(len(BAD)))
def test_a_bad_message_is_refused_with_its_place_and_nothing_is_written(
    api, body, status, code, pointer
):
    before = api.written()
    answer = api.ask("POST", "/v1/messages", body, headers={"idempotency-key": "bad"})

    assert 400 <= answer.status < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body["request_id"] == "request-1"
    if code is not None:
        assert (answer.status, answer.body["code"]) == (status, code)
    if pointer is not None:
        assert pointer in [error["pointer"] for error in answer.body["errors"]]
    assert api.written() == before


@pytest.mark.parametrize(
    ("method", "path", "query", "status", "code"),
    [
        ("GET", "/v1/messages", {}, 400, "invalid_parameter"),
        ("GET", "/v1/messages", {"contact_id": "a", "cursor": "x"}, 400, "invalid_cursor"),
        ("GET", "/v1/messages", {"contact_id": "a", "limit": "0"}, 400, "invalid_parameter"),
        ("GET", "/v1/messages", {"contact_id": "a", "limit": "1e2"}, 400, "invalid_parameter"),
        ("GET", "/v1/messages", {"contact_id": "a", "other": "1"}, 400, "invalid_parameter"),
        ("GET", "/v1/messages/msg_x", {}, 404, "unknown_message"),
        ("GET", "/v1/templates/unknown", {}, 404, "unknown_template_id"),
        ("GET", "/v1/templates/a", {"version": "0"}, 400, "invalid_parameter"),
        ("DELETE", "/v1/keys/key_x", {}, 404, "unknown_key_id"),
        ("GET", "/v1/prices", {"country": "us"}, 400, "invalid_parameter"),
        ("GET", "/v1/prices", {"land": "US"}, 400, "invalid_parameter"),
        ("GET", "/v1/nothing", {}, 404, "unknown_route"),
    ],
)
def test_what_is_not_there_is_a_problem(api, method, path, query, status, code):
    answer = api.ask(method, path, query=query)
    assert (answer.status, answer.body["code"]) == (status, code)


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 256])
def test_an_idempotency_key_is_visible_ascii(api, key):
    answer = api.ask("POST", "/v1/messages", SMS, headers={"idempotency-key": key})
    assert (answer.status, answer.body["code"]) == (400, "invalid_idempotency_key")


def test_a_voice_that_does_not_exist_is_answered_with_those_that_do(api):
    answer = api.ask("POST", "/v1/messages", call(voice="HAL"))
    assert "one of: AMY, ASTRID" in answer.body["errors"][0]["message"]
    assert "HAL" not in json.dumps(answer.body)


def test_markup_that_is_not_spoken_is_told_with_its_line(api):
    answer = api.ask(
        "POST", "/v1/messages", ssml("<speak>\nHi <audio/>\n<break time='1h'/></speak>")
    )
    told = [error["message"] for error in answer.body["errors"]]
    assert len(told) == 2
    assert "line 2: <audio> is not spoken" in told[0]
    assert "line 3: time of <break>" in told[1]


def test_a_body_of_another_kind_is_refused(api):
    answer = api.ask("POST", "/v1/messages", SMS, headers={"content-type": "text/plain"})
    assert (answer.status, answer.body["code"]) == (415, "unsupported_media_type")


def test_a_purpose_that_the_key_lacks_is_named(api):
    key = api.make_key(purposes=["informational"])["secret"]
    answer = api.ask("POST", "/v1/messages", SMS, key=key)
    assert (answer.status, answer.body["code"]) == (403, "purpose_not_allowed")
    assert answer.body["errors"][0]["pointer"] == "/purpose"
