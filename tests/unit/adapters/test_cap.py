"""CAP 1.2 is read as its specification says, and what could harm isn't read at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from outbound.adapters.api.cap_requests import Wanted, read_wanted
from outbound.adapters.cap.areas import regions_of
from outbound.adapters.cap.reading import read_cap
from outbound.adapters.cap.schema import ALERT, BLOCKS
from outbound.domain.alert import (
    AlertStatus,
    AlertType,
    Category,
    Escalation,
    Severity,
    Target,
)
from outbound.domain.content import TemplateRef
from outbound.domain.errors import Refusal
from outbound.domain.words import Channel

CAP = Path(__file__).parents[2] / "cap"
XSD = "{http://www.w3.org/2001/XMLSchema}"
CALIFORNIA = Wanted(Target(("US-CA",)))
EXAMPLES = ("homeland", "thunderstorm", "earthquake", "amber")
BOMB = (
    '<!DOCTYPE alert [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 12))
    + "]>"
)


def example(name):
    return (CAP / f"{name}.xml").read_text()


def read(text, wanted=CALIFORNIA):
    return read_cap(text, wanted, None)


def refused(text, wanted=CALIFORNIA):
    with pytest.raises(Refusal) as refusal:
        read(text, wanted)
    return refusal.value


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_specification_are_read(name):
    request = read(example(name))
    assert request.settings.status is AlertStatus.ACTUAL
    assert request.settings.target == Target(("US-CA",))
    assert all(each.headline for each in request.settings.infos)


def test_a_warning_of_the_weather_service_is_mapped():
    request = read(example("thunderstorm"))
    (info,) = request.settings.infos
    assert (info.language, info.event) == ("en-US", "SEVERE THUNDERSTORM")
    assert (info.categories, info.severity) == ((Category.MET,), Severity.SEVERE)
    assert info.instruction == "TAKE COVER IN A SUBSTANTIAL SHELTER UNTIL THE STORM PASSES."
    assert info.areas[0].startswith("EXTREME NORTH CENTRAL TUOLUMNE COUNTY")
    assert request.settings.expires_at == datetime(2003, 6, 17, 23, tzinfo=UTC)
    assert request.identity is not None
    assert request.identity.sent == datetime(2003, 6, 17, 21, 57, tzinfo=UTC)


def test_each_language_is_an_information_of_its_own():
    english, spanish = read(example("amber")).settings.infos
    assert (english.language, spanish.language) == ("en-US", "es-US")
    assert spanish.headline == "Alerta Amber en el condado de Los Ángeles"


def test_an_update_names_what_it_refers_to():
    request = read(example("earthquake"))
    (referred,) = request.referred
    assert request.settings.kind is AlertType.UPDATE
    assert (referred.sender, referred.identifier) == ("trinet@caltech.edu", "TRI13970876.1")


def test_a_county_is_never_widened_to_its_state():
    refusal = refused(example("thunderstorm"), Wanted(None))
    assert refusal.code == "unknown_area"
    assert refusal.faults[0].pointer == "/alert/info[1]/area[1]"


@pytest.mark.parametrize(
    ("codes", "regions"),
    [
        ([("SAME", "006000")], ["US-CA"]),
        ([("SAME", "000000")], ["US"]),
        ([("ISO3166-2", "CA-QC"), ("ISO3166-2", "US-WA")], ["CA-QC", "US-WA"]),
        ([("SAME", "006000"), ("SAME", "053033")], []),
        ([("SAME", "106000")], []),
        ([("UGC", "CAZ017")], []),
        ([], []),
    ],
)
def test_geocodes_of_whole_regions_are_told(codes, regions):
    assert regions_of(codes) == regions


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (("<urgency>Immediate</urgency>", ""), "/alert/info[1]/urgency"),
        (("<urgency>Immediate", "<urgency>Soon"), "/alert/info[1]/urgency[1]"),
        (("<status>Actual", "<status>Draft"), "/alert/status[1]"),
        (("<msgType>Alert", "<msgType>Ack"), "/alert/msgType[1]"),
        (("<scope>Public", "<scope>Private"), "/alert/scope[1]"),
        (("16:00:00-07:00", "16:00:00Z"), "/alert/info[1]/expires[1]"),
        (("2003-06-17T14", "2003-02-30T14"), "/alert/sent[1]"),
        (("<scope>", "<colour>red</colour><scope>"), "/alert/colour[1]"),
        (
            ("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>"),
            "/alert/scope[2]",
        ),
        (("<category>Met</category>", ""), "/alert/info[1]/category"),
        (("<info>", "<info><event>Too early</event>"), "/alert/info[1]/category[1]"),
        (("<value>006109", "<polygon>1,1</polygon><value>006109"), None),
        ((">SEVERE THUNDERSTORM WARNING<", f">{'x' * 201}<"), "/alert/info[1]/headline[1]"),
        (("<category>", "<language>1</language><category>"), "/alert/info[1]/language[1]"),
    ],
)
def test_every_violation_is_told_with_its_place(change, pointer):
    refusal = refused(example("thunderstorm").replace(*change))
    assert refusal.code == "invalid_cap"
    assert pointer is None or pointer in [fault.pointer for fault in refusal.faults]


def test_another_namespace_is_none_of_ours():
    refusal = refused(example("amber").replace("cap:1.2", "cap:1.1"))
    assert (refusal.code, refusal.faults[0].pointer) == ("invalid_cap", "/alert")


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "<alert>&a11;</alert>",
        '<!DOCTYPE alert SYSTEM "http://192.0.2.1/alert.dtd"><alert/>',
        '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>',
        '<!DOCTYPE alert [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]><alert/>',
        "<alert>&unknown;</alert>",
        "<alert>",
        "",
        "no xml",
        "<a>" * 20 + "</a>" * 20,
        f"<alert>{'<a/>' * 6_000}</alert>",
        "<alert>\ud800</alert>",
        "<alert>\x00</alert>",
    ],
)
def test_what_could_grow_or_ask_elsewhere_is_never_expanded(text):
    refusal = refused(text)
    assert refusal.code == "malformed_xml"
    assert "passwd" not in refusal.detail


@pytest.mark.parametrize("text", ["a,b", "a,b,yesterday", "a,b,2003-06-11T20:30:00-07:00,c"])
def test_a_reference_of_another_form_is_refused(text):
    named = "trinet@caltech.edu,TRI13970876.1,2003-06-11T20:30:00-07:00"
    refusal = refused(example("earthquake").replace(named, text))
    assert (refusal.code, refusal.faults[0].pointer) == ("invalid_cap", "/alert/references[1]")


def test_the_query_says_who_is_meant_and_how():
    wanted = read_wanted({"regions": "US-CA,US-NV", "channels": "sms,voice", "calls_again": "0"})
    assert wanted == Wanted(Target(("US-CA", "US-NV")), (Channel.SMS, Channel.VOICE), 0)
    assert read_wanted({"segment": "hikers"}).target == Target(segment="hikers")
    steps = read_wanted({"escalation": "PT10M:voice,PT1H:sms:voice"}).escalation
    assert read_wanted({"template": "alert"}).template == TemplateRef("alert", 0)
    assert steps == (
        Escalation(timedelta(minutes=10), (Channel.VOICE,)),
        Escalation(timedelta(hours=1), (Channel.SMS, Channel.VOICE)),
    )


@pytest.mark.parametrize(
    "query",
    [
        {"regions": "Bavaria"},
        {"regions": "US-CA", "segment": "hikers"},
        {"segment": "No"},
        {"channels": "fax"},
        {"calls_again": "9"},
        {"dry_run": "true"},
        {"escalation": ""},
        {"escalation": "PT10M"},
        {"escalation": "PT10M:fax"},
        {"escalation": "PT1M:sms"},
        {"escalation": "soon:sms"},
        {"escalation": ",".join(["PT10M:sms"] * 6)},
    ],
)
def test_a_wrong_query_is_told(query):
    with pytest.raises(Refusal, match="invalid_parameter"):
        read_wanted(query)


def test_our_schema_says_what_the_published_one_says():
    root = ElementTree.fromstring((CAP / "CAP-v1.2.xsd").read_text())
    (alert,) = (each for each in root.iter(f"{XSD}element") if each.get("name") == "alert")
    published = {"alert": alert} | {
        each.get("name"): each
        for each in alert.iter(f"{XSD}element")
        if each.find(f"{XSD}complexType") is not None
    }
    for name, forms in {"alert": ALERT, **BLOCKS}.items():
        elements = published[name].findall(f"{XSD}complexType/{XSD}sequence/{XSD}element")
        names = [each.get("name") or each.get("ref", "").removeprefix("cap:") for each in elements]
        assert names == list(forms), name
        for element, form in zip(elements, forms.values(), strict=True):
            assert form.needed == (element.get("minOccurs") != "0"), element.attrib
            assert form.many == (element.get("maxOccurs") == "unbounded"), element.attrib
            words = [
                each.get("value")
                for each in element.iterfind(f"{XSD}simpleType/*/{XSD}enumeration")
            ]
            assert list(form.words) == words, element.attrib
