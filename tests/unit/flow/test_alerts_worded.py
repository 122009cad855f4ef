"""An alert in the words of a template: filled in when it is made, and constant from then on."""

from __future__ import annotations

import pytest

from outbound.domain.address import Address
from outbound.domain.alert import AlertStatus, Identity
from outbound.domain.content import Content, TemplateRef
from outbound.domain.errors import Refusal
from outbound.domain.organisation import Organisation
from outbound.domain.words import Channel, Purpose
from outbound.flow.alerts import making, steering
from tests.builders import TENANT, make_template
from tests.memory.clock import START
from tests.unit.flow.alerting import ADA, GRACE, SPANISH, Alerting, info, wanted

TEXT = "{{ organisation.name }}: {{ event }} ({{ area }}). {{ action }} {{ url }}"
EMAIL = {
    "subject": "{{ event }}",
    "text": "{{ event }} {{ url }}",
    "html": '<style>p { color: red; }</style><p>{{ event }}</p><a href="{{ url }}">Read</a>',
}
ALERT = TemplateRef("alert", 0)
HERE = info(areas=("Mill Lane", "Green Street"))


@pytest.fixture
def world():
    world = Alerting()
    world.organisations.put(TENANT, Organisation(name="Riverside"))
    contents = {
        Channel.SMS: Content(Channel.SMS, {"text": TEXT}),
        Channel.EMAIL: Content(Channel.EMAIL, EMAIL),
    }
    world.templates.put(
        make_template(contents, "alert", purpose=Purpose.EMERGENCY, locale="en"), publish=True
    )
    return world


def said_by(world, channel):
    kept = world.messages.kept
    return [each.bodies for each in world.carrier.sent if kept[each.ref].channel is channel]


def refused(world, **changes):
    with pytest.raises(Refusal) as refusal:
        making.create(wanted(**{"template": ALERT, **changes}), ADA, world.alert_ports)
    return refusal.value


def test_it_says_what_the_template_says_with_the_link_to_acknowledge_it(world):
    world.add_people(1, region="US-WA")
    alert = world.launch(infos=(HERE,), template=ALERT)
    assert alert.settings.template == TemplateRef("alert", 1)
    world.run()
    (text,), (email,), (call,) = (
        said_by(world, each) for each in (Channel.SMS, Channel.EMAIL, Channel.VOICE)
    )
    begins = "Riverside: The river rises (Mill Lane; Green Street). Go to high ground. "
    assert text["text"].startswith(begins)
    link = text["text"].removeprefix(begins)
    assert "/l/" in link
    assert "invalid" not in link
    assert "<style>p { color: red; }</style><p>The river rises</p>" in email["html"]
    assert "/l/" in email["html"]
    assert call["text"].startswith("County. The river rises.")


def test_in_a_language_that_the_template_has_not_it_is_in_our_words(world):
    world.add_people(1, region="US-WA", locale="es")
    world.launch(infos=(HERE, SPANISH), channels=(Channel.SMS,), template=ALERT)
    world.run()
    (text,) = said_by(world, Channel.SMS)
    assert text["text"].startswith("El río crece. Vaya a un lugar alto.")


def test_what_the_alert_says_is_nothing_to_be_filled_in(world):
    world.add_people(1, region="US-WA")
    strange = info(headline="{{ contact.id }} <b>", areas=("{% x %}",))
    world.launch(infos=(strange,), channels=(Channel.SMS, Channel.EMAIL), template=ALERT)
    world.run()
    (text,), (email,) = (said_by(world, each) for each in (Channel.SMS, Channel.EMAIL))
    assert text["text"].startswith("Riverside: {{ contact.id }} <b> ({% x %}).")
    assert "<p>{{ contact.id }} &lt;b&gt;</p>" in email["html"]


def test_a_later_version_changes_nothing_of_it(world):
    world.add_people(1, region="US-WA")
    alert = world.make(infos=(HERE,), channels=(Channel.SMS,), template=ALERT)
    other = {Channel.SMS: Content(Channel.SMS, {"text": "Never mind. {{ event }}"})}
    world.templates.put(make_template(other, "alert", purpose=Purpose.EMERGENCY), publish=True)
    steering.approve(alert, GRACE, world.alert_ports)
    world.run()
    assert said_by(world, Channel.SMS)[0]["text"].startswith("Riverside: The river")


def test_a_drill_says_that_it_is_one_in_each_body_or_is_refused(world):
    world.tester("ann", Address("phone", "+14255550155"))
    drill = {"status": AlertStatus.EXERCISE, "infos": (HERE,), "channels": (Channel.SMS,)}
    world.make(**drill, template=ALERT)
    world.run()
    assert "EXERCISE ONLY. The river rises" in said_by(world, Channel.SMS)[0]["text"]
    silent = {Channel.SMS: Content(Channel.SMS, {"text": "Flood! {{ url }}"})}
    world.templates.put(make_template(silent, "silent", purpose=Purpose.EMERGENCY), publish=True)
    refusal = refused(world, **drill, template=TemplateRef("silent", 0))
    assert (refusal.code, refusal.faults[0].pointer) == ("invalid_content", "/template")


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"template": TemplateRef("nothing", 0)}, "unknown_template", "/template"),
        ({"template": TemplateRef("alert", 9)}, "unknown_template", "/template"),
        ({"template": TemplateRef("visit", 0)}, "wrong_purpose", "/template"),
        ({"infos": (info(),)}, "missing_variable", "/info/0"),
        ({"template": TemplateRef("dear", 0)}, "missing_variable", "/info/0"),
    ],
)
def test_what_cannot_be_filled_in_is_told_and_nothing_written(world, changes, code, pointer):
    for name, text, purpose in (
        ("visit", "Come.", Purpose.INFORMATIONAL),
        ("dear", "{{ contact.attributes.name }}", Purpose.EMERGENCY),
    ):
        contents = {Channel.SMS: Content(Channel.SMS, {"text": text})}
        world.templates.put(make_template(contents, name, purpose=purpose), publish=True)
    before = world.snapshot()
    refusal = refused(world, **{"infos": (HERE,), **changes})
    assert (refusal.code, refusal.faults[0].pointer) == (code, pointer)
    assert world.snapshot() == before


def test_resent_it_is_the_same_alert_though_its_template_has_another_version(world):
    request = wanted(infos=(HERE,), template=ALERT, identity=Identity("county", "1", START))
    first = making.create(request, ADA, world.alert_ports)
    other = {Channel.SMS: Content(Channel.SMS, {"text": "Never mind. {{ event }}"})}
    world.templates.put(make_template(other, "alert", purpose=Purpose.EMERGENCY), publish=True)
    again = making.create(request, ADA, world.alert_ports)
    assert (again.alert, again.replayed) == (first.alert, True)
    plain = wanted(infos=(HERE,), identity=Identity("county", "1", START))
    with pytest.raises(Refusal, match="alert_exists"):
        making.create(plain, ADA, world.alert_ports)
