"""Templates in MJML, from the request to the email."""

LAYOUT = (
    "<mjml><mj-body><mj-section><mj-column><mj-text>{% block content %}{% endblock %}</mj-text>"
    "</mj-column></mj-section></mj-body></mjml>"
)
EMAIL = {
    "subject": "Hello {{ name }}",
    "html": '{% extends "frame" %}{% block content %}<p>Dear {{ name }}</p>{% endblock %}',
}


def test_an_email_in_a_layout_of_mjml_is_sent_as_html_with_a_text(api):
    frame = {"partial": True, "channels": {"email": {"mjml": LAYOUT}}}
    page = {"purpose": "transactional", "channels": {"email": EMAIL}}
    assert api.ask("PUT", "/v1/templates/frame", frame).status == 201
    assert api.ask("PUT", "/v1/templates/page", page).status == 201

    assert api.ask("GET", "/v1/templates/page").body["channels"]["email"] == EMAIL
    assert api.ask("GET", "/v1/templates/frame").body["channels"]["email"] == {"mjml": LAYOUT}
    message = {
        "to": {"email": "ann@example.org"},
        "channel": "email",
        "purpose": "transactional",
        "template": {"id": "page"},
        "data": {"name": "Tom & Ann"},
    }
    sent = api.ask("POST", "/v1/messages", message, query={"dry_run": "true"}).body["content"]
    assert sent["text"] == "Dear Tom & Ann\n"
    assert "Dear Tom &amp; Ann</p>" in sent["html"]
    assert sent["html"].startswith("<!DOCTYPE html>")


def test_a_document_of_mjml_stands_in_a_layout_of_mjml(api):
    frame = "<mjml><mj-body>{% block content %}{% endblock %}</mj-body></mjml>"
    section = "<mj-section><mj-column><mj-text>Dear {{ name }}</mj-text></mj-column></mj-section>"
    mjml = f"{{% extends 'outer' %}}{{% block content %}}{section}{{% endblock %}}"
    email = {"subject": "Hi", "mjml": mjml}
    wrong = {"subject": "Hi", "mjml": mjml.replace("Dear", "\n</mj-column>")}
    outer = {"partial": True, "channels": {"email": {"mjml": frame}}}
    assert api.ask("PUT", "/v1/templates/outer", outer).status == 201
    body = {"purpose": "transactional", "channels": {"email": email}}

    stored = api.ask("PUT", "/v1/templates/inner", body)
    refused = api.ask("PUT", "/v1/templates/inner", {**body, "channels": {"email": wrong}})
    shown = api.ask("POST", "/v1/templates/inner/preview", {"data": {"name": "<Ann>"}}).body

    assert (stored.body["channels"]["email"], stored.body["parts"]) == (email, {"outer": 1})
    assert (shown["bodies"]["email"]["text"], shown["template"]["version"]) == ("Dear <Ann>\n", 1)
    assert "Dear &lt;Ann&gt;</div>" in shown["bodies"]["email"]["html"]
    (error,) = refused.body["errors"]
    assert error["pointer"] == "/channels/email/mjml"
    assert "line 2: </mj-column> can't stand here" in error["message"]


def test_what_runs_in_an_email_is_refused_with_its_place(api):
    html = "<p>Hi</p>\n<img src='https://x.org/a.png' onerror='alert(1)'>"
    email = {"subject": "x", "html": html}
    body = {"purpose": "transactional", "channels": {"email": email}}

    answer = api.ask("PUT", "/v1/templates/bad", body)

    assert (answer.status, answer.body["code"]) == (422, "invalid_markup")
    (error,) = answer.body["errors"]
    assert error["pointer"] == "/channels/email/html"
    assert error["message"] == (
        "html can't be used, line 2: onerror runs code, which no mail program does; leave it out."
    )
    assert api.ask("GET", "/v1/templates/bad").status == 404


def test_an_email_says_what_it_is_written_in_once(api):
    for email in (
        {"subject": "x"},
        {"subject": "x", "html": "x", "mjml": LAYOUT},
        {"subject": "x", "text": "x", "preheader": "x"},
    ):
        body = {"purpose": "transactional", "channels": {"email": email}}
        assert api.ask("PUT", "/v1/templates/bad", body).status == 422
