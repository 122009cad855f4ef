"""Templates of Amazon Pinpoint, in the language of Outbound."""

from __future__ import annotations

import json

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel
from outbound.ports import MissingVariable
from outbound_client.pinpoint.handlebars import converted
from outbound_client.pinpoint.paths import NotCarried
from outbound_client.pinpoint.saved import Carried, Left, read_saved, together

ADA = {
    "contact": {
        "id": "user-1",
        "attributes": {
            "FirstName": "Ada",
            "Rides": ["Bus", "Train"],
            "Trips": 7.0,
            "a-b": "x",
            "Home": "Oslo",
            "Age": "21",
        },
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
        ("{{!-- a }} in it --}}done", "done"),
        ("{{#each Attributes.Home}}<{{this}}>{{/each}}", "<Oslo>"),
        ("{{Attributes.Rides.[0]}} {{#if Attributes.Home.[1]}}two{{else}}one{{/if}}", "Bus one"),
        ("{{#if Attributes.Missing.[1]}}two{{else}}one{{/if}}", "one"),
        ("{{#gte Attributes.Age 18}}adult{{else}}child{{/gte}}", "adult"),
        ("{{#eq Attributes.Age 21}}21{{/eq}}{{#ne Attributes.Home 21}}!{{/ne}}", "21!"),
        ("{{#lt Metrics.Missing 7}}few{{else}}unknown{{/lt}}", "unknown"),
        ("{{#gt 18 Attributes.Home}}young{{else}}unknown{{/gt}}", "unknown"),
        ("{{#each Attributes.Rides}}{{#if (gt @index 0)}}, {{/if}}{{this}}{{/each}}", "Bus, Train"),
    ],
)
def test_what_has_a_counterpart_says_the_same(source, text):
    assert rendered(source) == text


def test_what_a_contact_lacks_is_missed_by_its_name():
    with pytest.raises(MissingVariable, match=r"contact\.attributes\.Missing"):
        rendered("{{Attributes.Missing.[0]}}")


def test_defaults_of_the_template_stand_in_for_what_is_missing():
    source = "Hi {{User.UserAttributes.LastName}}!"
    assert rendered(source, {"User.UserAttributes.LastName": 'my "friend"'}) == 'Hi my "friend"!'
    first = "User.UserAttributes.LastName.[0]"
    assert rendered(f"Hi {{{{{first}}}}}!", {first: "friend"}) == "Hi friend!"


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
        "{{else}}",
        "\\{{vip}}",
        "{{for}}",
        "{{#gt Attributes.A Attributes.B}}x{{/gt}}",
        "{{#lt Attributes.A 'x'}}x{{/lt}}",
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


def sms(name, **others):
    return {"SMSTemplateResponse": {"TemplateName": name, "Body": "Hi", **others}}


def email(name, **others):
    said = {"TemplateName": name, "Subject": "Hello", "TextPart": "Hi", **others}
    return {"EmailTemplateResponse": said}


def test_templates_of_one_name_for_several_channels_are_one():
    found, left = together([only(sms("Hello")), only(email("hello")), only(sms("hello"))])
    (one,) = found
    assert one.channels == {
        "sms": {"text": "Hi"},
        "email": {"subject": "Hello", "text": "Hi"},
    }
    assert [each.name for each in left] == ["hello"]


@pytest.mark.parametrize(("items", "left"), [(None, 0), ({}, 0), ("x", 0), ([None, 3], 2)])
def test_of_a_list_of_another_form_nothing_is_carried(items, left):
    found = read_saved(json.dumps({"SegmentsResponse": {"Item": items}})) or []
    assert [each.kind for each in found if isinstance(each, Left)] == ["segment"] * left
    assert len(found) == left


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
        ({"TemplatesResponse": {"Item": [{"TemplateName": "x"}]}}, "name of a template"),
        (sms("x", DefaultSubstitutions="[1]"), "sms template"),
        (sms("x", DefaultSubstitutions="{"), "sms template"),
        (email("x", Headers=["?"]), "email template"),
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
