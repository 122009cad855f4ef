"""Templates of Amazon Pinpoint, in the language of Outbound."""

from __future__ import annotations

import json

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel
from outbound_client.pinpoint.handlebars import NotCarried, converted
from outbound_client.pinpoint.saved import Carried, Left, read_saved

ADA = {
    "contact": {
        "id": "user-1",
        "attributes": {"FirstName": "Ada", "Rides": ["Bus", "Train"], "Trips": 7.0, "a-b": "x"},
    },
    "order": {"number": "A-77"},
    "vip": True,
}


def rendered(source, defaults=None):
    content = Content(Channel.SMS, {"text": converted(source, defaults)})
    return JinjaRenderer().render(content, ADA)["text"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hi {{User.UserAttributes.FirstName}}!", "Hi Ada!"),
        ("Hi {{{ User.UserAttributes.FirstName.[0] }}}!", "Hi Ada!"),
        ("{{Attributes.Rides.[1]}} {{Metrics.Trips}} {{User.UserId}}", "Train 7.0 user-1"),
        ("{{Attributes.[a-b]}} {{order.number}}", "x A-77"),
        ("{{! a comment }}done", "done"),
        ("{{#if vip}}yes{{else}}no{{/if}}", "yes"),
        ("{{#if Attributes.Missing}}yes{{else}}no{{/if}}", "no"),
        ("{{#unless vip}}yes{{/unless}}!", "!"),
        ("{{#each Attributes.Rides}}{{@index}}:{{this}} {{/each}}", "0:Bus 1:Train "),
        ("{{#each Attributes.Missing}}{{this}}{{/each}}!", "!"),
        ('{{#eq User.UserAttributes.FirstName "Ada"}}a{{else}}b{{/eq}}', "a"),
        ("{{#gte Metrics.Trips 7}}many{{/gte}}", "many"),
        ('{{#if (and vip (eq order.number "A-77"))}}both{{/if}}', "both"),
        ("{{eq order.number 'A-77' yes='Y' no='N'}}", "Y"),
        ("100 {% off %} {# today #}", "100 {% off %} {# today #}"),
    ],
)
def test_what_has_a_counterpart_says_the_same(source, text):
    assert rendered(source) == text


def test_defaults_of_the_template_stand_in_for_what_is_missing():
    source = "Hi {{User.UserAttributes.LastName}}!"
    assert rendered(source, {"User.UserAttributes.LastName": 'my "friend"'}) == 'Hi my "friend"!'


@pytest.mark.parametrize(
    "source",
    [
        "{{Address}}",
        "{{Recommendations.Name.[0]}}",
        "{{RecommendationItems.[0]}}",
        "{{Location.Country}}",
        "{{#eachInMap x}}{{/eachInMap}}",
        "{{dateFormat CreationDate 'yyyy'}}",
        "{{#if a}}open",
        "{{/if}}",
        "{{this}}",
        "{{../x}}",
        "{{eq a b maybe='x'}}",
        "{{> part}}",
    ],
)
def test_what_has_none_is_told(source):
    with pytest.raises(NotCarried):
        converted(source)


def only(document):
    found = read_saved(json.dumps(document))
    assert found is not None
    (one,) = found
    return one


def test_saved_templates_become_templates():
    email = {
        "TemplateName": "Spring Offer",
        "Subject": "For {{User.UserAttributes.FirstName}}",
        "HtmlPart": "<p>Hi</p>",
        "TextPart": "Hi",
        "DefaultSubstitutions": json.dumps({"User.UserAttributes.FirstName": "you"}),
    }
    found = only({"EmailTemplateResponse": email})
    assert found == Carried(
        "spring-offer",
        "Spring Offer",
        {
            "email": {
                "subject": 'For {{ contact.attributes.FirstName|default("you") }}',
                "html": "<p>Hi</p>",
                "text": "Hi",
            }
        },
    )
    voice = {"TemplateName": "call", "Body": "Hello", "VoiceId": "Joanna", "LanguageCode": "en-US"}
    found = only({"VoiceTemplateResponse": voice})
    assert isinstance(found, Carried)
    assert found.channels == {"voice": {"text": "Hello", "voice": "JOANNA", "locale": "en-US"}}


@pytest.mark.parametrize(("part", "body"), [("HtmlPart", "html"), ("TextPart", "text")])
def test_an_email_of_one_part_becomes_a_template(part, body):
    email = {"TemplateName": "hello", "Subject": "Hello", part: "Hi"}
    found = only({"EmailTemplateResponse": email})
    assert isinstance(found, Carried)
    assert found.channels == {"email": {"subject": "Hello", body: "Hi"}}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"SegmentResponse": {"Name": "x"}}, "segment"),
        ({"CampaignResponse": {"Name": "x"}}, "campaign"),
        ({"JourneyResponse": {"Name": "x"}}, "journey"),
        ({"CampaignsResponse": {"Item": [{"Name": "x"}]}}, "campaign"),
        ({"PushNotificationTemplateResponse": {"TemplateName": "x"}}, "push template"),
        ({"SMSTemplateResponse": {"TemplateName": "x", "Body": "{{Address}}"}}, "sms template"),
        ({"EmailTemplateResponse": {"TemplateName": "x", "Subject": "x"}}, "email template"),
    ],
)
def test_what_cannot_come_along_is_told_by_its_name(document, kind):
    left = only(document)
    assert isinstance(left, Left)
    assert (left.kind, left.name) == (kind, "x")
    assert left.reason


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ChannelType": "SMS"}', "a,b\n"])
def test_an_export_of_endpoints_is_none_of_these(text):
    assert read_saved(text) is None
