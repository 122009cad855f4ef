"""Endpoints of Amazon Pinpoint."""

from __future__ import annotations

import gzip
import json

import pytest

from outbound.domain.consent import ConsentStatus
from outbound.domain.contact_import import Counts, Format, Origin, Plan
from outbound.domain.instant import parse_rfc3339
from outbound.domain.words import Channel, Purpose
from tests.builders import PHONE, TENANT, make_contact
from tests.unit.flow.imports.world import without_place

TABLE = Plan(Format.CSV, Origin.PINPOINT)
LINES = Plan(Format.NDJSON, Origin.PINPOINT)
# The headers of AWS's sample, and all that an export of a segment has besides.
HEADERS = (
    "ChannelType,Address,User.UserAttributes.FirstName,User.UserAttributes.LastName,"
    "User.UserAttributes.Company,User.UserId"
)
MORE = (
    "Id,OptOut,EffectiveDate,RequestId,Attributes.Ride,Attributes.Ride,Metrics.Trips,"
    "Demographic.Locale,Demographic.Timezone,Location.Country,Location.Region,Location.City,"
    "Demographic.Make"
)
EMAIL = {
    "ChannelType": "EMAIL",
    "Address": "ada@example.com",
    "Id": "e1",
    "OptOut": "ALL",
    "EffectiveDate": "2026-03-04T05:06:07.890Z",
    "EndpointStatus": "ACTIVE",
    "Attributes": {"Ride": ["Bus", "Train"]},
    "Metrics": {"Trips": 7},
    "Demographic": {"Locale": "en_us", "Timezone": "America/Vancouver", "Make": "LG"},
    "Location": {"Country": "CA", "Region": "BC", "City": "Vancouver"},
    "User": {"UserId": "user-1", "UserAttributes": {"FirstName": ["Ada"]}},
}
TEXT = {
    "ChannelType": "SMS",
    "Address": "+16045550182",
    "Location": {"Country": "CA"},
    "Demographic": {"Platform": "Android", "Make": "LG"},
    "User": {"UserId": "user-1", "UserAttributes": {"LastName": ["Lovelace"]}},
}


def lines(*endpoints):
    return "\n".join(json.dumps(each) for each in endpoints)


def test_the_columns_of_an_export_make_a_contact_of_each_user(imports):
    done = imports.run(
        f"{HEADERS},{MORE}\n"
        "EMAIL,ada@example.com,Ada,Lovelace,Acme,user-1,e1,NONE,2026-03-04T05:06:07Z,r,Bus,Train,7,"
        "en_US,America/Vancouver,CA,BC,Vancouver,LG\n"
        "SMS,+16045550182,Ada,,,user-1,e2,NONE,,,,,,,,CA,,,\n",
        TABLE,
    )
    assert done.counts == Counts(created=1, changed=1)
    ada = imports.contact("user-1")
    assert (ada.emails, ada.phones[0].value) == (("ada@example.com",), "+16045550182")
    assert (ada.locale, ada.timezone, ada.region) == ("en-US", "America/Vancouver", "CA-BC")
    assert ada.attributes == {
        "FirstName": "Ada",
        "LastName": "Lovelace",
        "Company": "Acme",
        "Ride": ["Bus", "Train"],
        "Trips": 7.0,
        "City": "Vancouver",
    }
    assert ada.consents == ()


def test_lines_say_the_same_packed_as_they_are_exported(imports):
    done = imports.run(gzip.compress(lines(EMAIL, TEXT).encode()), LINES)
    assert done.counts == Counts(created=1, changed=1)
    ada = imports.contact("user-1")
    assert (ada.region, ada.locale) == ("CA-BC", "en-US")
    assert ada.attributes["Ride"] == ["Bus", "Train"]
    assert (ada.attributes["FirstName"], ada.attributes["LastName"]) == ("Ada", "Lovelace")


@pytest.mark.parametrize("order", [1, -1])
def test_the_endpoints_of_a_user_come_together_in_any_order_and_once(imports, order):
    content = lines(*[EMAIL, TEXT][::order])
    imports.run(content, LINES)
    first = imports.contact("user-1")
    assert imports.run(content, LINES).counts == Counts(unchanged=2)
    assert imports.contact("user-1") == first
    assert len(first.addresses) == 2


def test_an_opt_out_is_a_no_to_all_that_nobody_asked_for(imports):
    imports.run(lines(EMAIL, TEXT), LINES)
    consents = imports.contact("user-1").consents
    assert {each.about for each in consents} == {
        (Channel.EMAIL, purpose, None)
        for purpose in (Purpose.MARKETING, Purpose.INFORMATIONAL, Purpose.HEALTHCARE)
    }
    assert {each.status for each in consents} == {ConsentStatus.REVOKED}
    assert {each.at for each in consents} == {parse_rfc3339("2026-03-04T05:06:07.890Z")}


def test_an_opt_out_of_a_number_is_one_of_calls_too(imports):
    imports.run(lines({**TEXT, "OptOut": "ALL"}), LINES)
    channels = {each.channel for each in imports.contact("user-1").consents}
    assert channels == {Channel.SMS, Channel.VOICE}


def test_what_is_no_opt_out_gives_no_consent_and_takes_none(imports):
    known = make_contact("user-1", PHONE)
    imports.contacts.add(known)
    imports.run(lines({**EMAIL, "OptOut": "NONE"}), LINES)
    assert imports.contact("user-1").consents == ()


def test_what_nobody_knows_is_taken_for_a_no_and_told(imports):
    done = imports.run(lines({**TEXT, "OptOut": "SOME"}), LINES)
    assert len(imports.contact("user-1").consents) == 6
    assert imports.report(done)[0]["code"] == "unknown_opt_out"


def test_what_is_there_already_stays(imports):
    ada = make_contact("user-1", PHONE, region="US-FL", attributes={"FirstName": "Augusta"})
    imports.contacts.add(ada)
    imports.run(lines({**EMAIL, "OptOut": "NONE"}), LINES)
    after = imports.contact("user-1")
    assert (after.region, after.attributes["FirstName"]) == ("US-FL", "Augusta")
    assert after.phones == ada.phones
    assert after.emails == ("ada@example.com",)


def test_without_a_user_it_is_whoever_has_the_address(imports):
    imports.contacts.add(make_contact("ada", PHONE))
    imports.run(lines({**TEXT, "Address": PHONE.value, "User": {}, "Id": "e9"}), LINES)
    assert [*imports.contacts.contacts] == [(TENANT, "ada")]


def test_a_user_whose_id_we_cannot_have_has_one_of_ours(imports):
    user = {"User": {"UserId": "Ada Lovelace <ada>"}}
    imports.run(lines({**EMAIL, **user, "OptOut": "NONE"}, {**TEXT, **user}), LINES)
    ((_, name),) = imports.contacts.contacts
    assert name.startswith("pinpoint-")
    assert len(imports.contact(name).addresses) == 2


@pytest.mark.parametrize(
    ("endpoint", "column", "code", "counts"),
    [
        ({**TEXT, "ChannelType": "GCM", "Address": "token"}, "ChannelType", "channel_not_carried",
         Counts(refused=1, complaints=1)),
        ({**TEXT, "EndpointStatus": "INACTIVE"}, "EndpointStatus", "inactive_endpoint",
         Counts(created=1, complaints=1)),
        ({**TEXT, "Location": {"Country": "Canada"}}, "Location.Country", "not_carried",
         Counts(created=1, complaints=1)),
        ({**TEXT, "Location": {"Country": "US", "Region": "Florida"}}, "Location.Region",
         "not_carried", Counts(created=1, complaints=1)),
        ({**TEXT, "Demographic": {"Timezone": "PST"}}, "Demographic.Timezone", "not_carried",
         Counts(created=1, complaints=1)),
        ({**TEXT, "Demographic": {"Locale": "English"}}, "Demographic.Locale", "not_carried",
         Counts(created=1, complaints=1)),
        ({**TEXT, "Address": "604 555 0182"}, "Address", "invalid",
         Counts(refused=1, complaints=1)),
        ({"ChannelType": "SMS"}, "Address", "no_address", Counts(refused=1, complaints=1)),
    ],
)  # fmt: skip
def test_what_could_not_be_carried_is_told(imports, endpoint, column, code, counts):
    done = imports.run(lines(endpoint), LINES)
    assert done.counts == counts
    (line,) = imports.report(done)
    assert (line["column"], line["code"]) == (column, code)


def test_an_inactive_endpoint_leaves_its_address_and_brings_its_opt_out(imports):
    imports.run(lines({**EMAIL, "EndpointStatus": "INACTIVE"}), LINES)
    ada = imports.contact("user-1")
    assert ada.addresses == ()
    assert len(ada.consents) == 3


def test_an_inactive_endpoint_of_nobody_that_opted_out_is_its_address(imports):
    nobody = {**EMAIL, "EndpointStatus": "INACTIVE", "User": {}, "Id": "e9"}
    imports.run(lines(nobody), LINES)
    (ada,) = imports.contacts.contacts.values()
    assert ada.emails == ("ada@example.com",)
    assert len(ada.consents) == 3


@pytest.mark.parametrize(
    "attributes",
    [{"Long": ["x" * 20_000]}, {"Rate": [float("inf")]}, {"Half": ["\ud800"]}],
)
def test_attributes_that_no_contact_can_have_hold_back_no_opt_out(imports, attributes):
    done = imports.run(lines({**EMAIL, "Attributes": attributes, "User": {}}), LINES)
    assert done.counts == Counts(created=1, complaints=1)
    (line,) = imports.report(done)
    assert (line["column"], line["code"]) == ("Attributes", "not_carried")
    (ada,) = imports.contacts.contacts.values()
    assert (ada.emails, ada.attributes, len(ada.consents)) == (("ada@example.com",), {}, 3)


def test_attributes_that_are_too_long_only_together_hold_back_no_opt_out(imports):
    """Of two endpoints of one user each would fit."""
    half = {"ChannelType": "SMS", "User": {"UserId": "user-1"}, "Attributes": {"a": ["x" * 9_000]}}
    other = {**half, "Attributes": {"b": ["x" * 9_000]}, "OptOut": "ALL"}
    first = {**half, "Address": "+16045550182"}
    done = imports.run(lines(first, {**other, "Address": "+16045550183"}), LINES)
    assert done.counts == Counts(created=1, changed=1, complaints=1)
    (line,) = imports.report(done)
    assert (line["line"], line["column"]) == ("2", "Attributes")
    ada = imports.contact("user-1")
    assert [each.value for each in ada.phones] == ["+16045550182"]
    assert list(ada.attributes) == ["a"]
    assert {each.status for each in ada.consents} == {ConsentStatus.REVOKED}
    assert {each.channel for each in ada.consents} == {Channel.SMS, Channel.VOICE}


def test_an_address_that_is_none_holds_back_no_opt_out_of_its_user(imports):
    done = imports.run(lines({**EMAIL, "Address": "not an address"}), LINES)
    assert done.counts == Counts(created=1, complaints=1)
    (line,) = imports.report(done)
    assert line["column"] == "Address"
    ada = imports.contact("user-1")
    assert (ada.addresses, len(ada.consents)) == ((), 3)
    assert imports.run(lines({**EMAIL, "Address": "not an address"}), LINES).counts.unchanged == 1


def test_without_an_opt_out_such_an_address_makes_nobody(imports):
    done = imports.run(lines({**EMAIL, "Address": "not an address", "OptOut": "NONE"}), LINES)
    assert done.counts == Counts(refused=1, complaints=1)
    assert not imports.contacts.contacts


def test_a_file_without_endpoints_fails(imports):
    done = imports.run("User.UserId\na b c\n", TABLE)
    assert done.reason == "no_pinpoint_columns"


@pytest.mark.parametrize("broken", ["User", "Location", "Attributes", "Metrics", "Demographic"])
def test_what_is_of_another_kind_harms_nothing(imports, broken):
    before = without_place(make_contact("x"))
    done = imports.run(lines({**EMAIL, broken: "text"}, {**TEXT, broken: [1]}), LINES)
    assert done.counts.created + done.counts.changed + done.counts.refused == 2
    assert before
