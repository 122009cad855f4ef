"""What rows make of contacts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from outbound.domain.address import Address
from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.contact_import import Counts, Format, Plan
from outbound.domain.ids import contact_id_of
from outbound.domain.instant import parse_rfc3339
from outbound.domain.words import Channel, Purpose
from tests.builders import EMAIL, PHONE, TENANT, make_contact
from tests.memory.world import SECRET

NDJSON = Plan(Format.NDJSON)
YES = {
    "consents.sms.marketing.status": "granted",
    "consents.sms.marketing.level": "express",
    "consents.sms.marketing.source": "shop",
    "consents.sms.marketing.at": "2026-01-02T10:00:00Z",
    "consents.sms.marketing.wording": "Yes to offers.",
    "consents.sms.marketing.proof": "form 4711",
}


def table(*rows):
    """CSV of rows that are dicts."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    lines = [headers, *([row.get(name, "") for name in headers] for row in rows)]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)


class TestWhatIsSaid:
    def test_headers_say_what_columns_mean(self, imports):
        done = imports.run(
            "Customer ID;E-Mail;Mobile;Time Zone;Region;attributes.plan;attributes.age:number;"
            "attributes.vip:boolean;attributes.cars:list;preferred;Remark\r\n"
            "ada;Ada@Example.com;+14155550123;America/New_York;US-FL;pro;41;yes;VW,Audi;sms email;x"
        )
        assert done.counts == Counts(created=1)
        assert done.ignored == ("Remark",)
        ada = imports.contact("ada")
        assert ada.emails == ("Ada@example.com",)
        assert ada.phones[0].value == "+14155550123"
        assert (ada.timezone, ada.region) == ("America/New_York", "US-FL")
        assert ada.attributes == {"plan": "pro", "age": 41, "vip": True, "cars": ["VW", "Audi"]}
        assert ada.preferred == (Channel.SMS, Channel.EMAIL)

    def test_a_plan_says_what_columns_mean_and_what_all_rows_have(self, imports):
        columns = {"Kunde": "id", "Tel": "phone", "email": None, "Art": "attributes.kind"}
        plan = replace(Plan(Format.CSV, columns=columns), constants={"attributes.cohort": "spring"})
        done = imports.run("Kunde,Tel,email,Art\nada,+14155550123,a@example.com,\n", plan)
        ada = imports.contact("ada")
        assert (ada.emails, ada.attributes) == ((), {"cohort": "spring"})
        assert done.ignored == ("email",)

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_all_usual_separators_are_told_by_the_header(self, imports, separator, mark, end):
        lines = [["id", "email", "attributes.note"], ["ada", "a@example.com", '"a,b;c\nd"']]
        done = imports.run(mark + end.join(separator.join(line) for line in lines))
        assert done.counts == Counts(created=1)
        assert imports.contact("ada").attributes == {"note": "a,b;c\nd"}

    def test_lines_of_json_are_as_the_api_takes_them(self, imports):
        row = {
            "id": "ada",
            "email": "ada@example.com",
            "attributes": {"plan": {"name": "pro", "since": 2020}},
            "consents": {"sms": {"marketing": {"status": "revoked"}}},
        }
        done = imports.run(f"{json.dumps(row)}\n\n", NDJSON)
        assert done.counts == Counts(created=1)
        assert imports.contact("ada").attributes == row["attributes"]
        assert imports.contact("ada").consents[0].status is ConsentStatus.REVOKED

    def test_a_line_that_names_the_separator_is_no_header(self, imports):
        done = imports.run('"sep=;"\r\nid;email\r\nada;a@example.com\r\nbob;x\r\n')
        assert done.counts == Counts(created=1, refused=1, complaints=1)
        assert imports.report(done)[0]["line"] == "4"

    def test_members_of_objects_may_have_another_name(self, imports):
        columns = {
            "Kunde": "id",
            "Umsatz": "attributes.turnover:number",
            "Nie": "forbidden",
            "Stop": "consents.sms.marketing.status",
            "Rest": None,
        }
        row = {"Kunde": "ada", "Umsatz": 12.5, "Nie": ["email", "voice"], "Stop": "revoked"}
        plan = Plan(Format.NDJSON, columns=columns, constants={"region": "FR"})
        done = imports.run(json.dumps({**row, "Rest": 1, "attributes": {"own": True}}), plan)
        assert done.counts == Counts(created=1)
        ada = imports.contact("ada")
        assert ada.attributes == {"turnover": 12.5, "own": True}
        assert ada.forbidden == {Channel.EMAIL, Channel.VOICE}
        assert (ada.region, ada.consents[0].status) == ("FR", ConsentStatus.REVOKED)

    @pytest.mark.parametrize(
        ("row", "column", "value"),
        [
            ({"Kunde": {"a": 1}}, "Kunde", ""),
            ({"Kunde": "ada", "Umsatz": "much"}, "Umsatz", "m•••"),
            ({"Kunde": "a b"}, "Kunde", "a•••"),
            ({"Kunde": "ada", "region": "Florida"}, "/region", "F•••"),
        ],
    )
    def test_what_is_wrong_of_a_member_is_told_by_its_own_name(self, imports, row, column, value):
        columns = {"Kunde": "id", "Umsatz": "attributes.turnover:number"}
        done = imports.run(json.dumps(row), Plan(Format.NDJSON, columns=columns))
        (line,) = imports.report(done)
        assert (line["column"], line["value"]) == (column, value)

    def test_a_header_that_has_a_meaning_and_is_not_there_fails(self, imports):
        plan = Plan(Format.CSV, columns={"Unsubscibed": "consents.email.marketing.status"})
        done = imports.run("id,Unsubscribed\nada,revoked\n", plan)
        assert done.reason == "column_missing"

    def test_whoever_has_no_id_is_whoever_has_the_address(self, imports):
        imports.contacts.add(make_contact("ada", PHONE))
        done = imports.run("phone,region\n+14155550123,US-FL\n+14255550199,US-WA\n")
        assert done.counts == Counts(created=1, changed=1)
        assert imports.contact("ada").region == "US-FL"
        made = contact_id_of(SECRET, TENANT, "+14255550199")
        assert imports.contact(made).region == "US-WA"

    def test_rows_of_one_contact_are_taken_in_their_order(self, imports):
        done = imports.run(
            "id,region,attributes.a,attributes.b\nada,FR,1,\nbob,FR,,\nada,DE,,2\nada,,3,\n"
        )
        assert done.counts == Counts(created=2, changed=2)
        assert imports.contact("ada").region == "DE"
        assert imports.contact("ada").attributes == {"a": "3", "b": "2"}


class TestWhatStays:
    def test_a_row_changes_only_what_it_says(self, imports):
        ada = make_contact(
            "ada", PHONE, EMAIL, region="US-FL", attributes={"plan": "pro", "seen": 1}
        )
        imports.contacts.add(ada)
        imports.run("id,attributes.plan,region\nada,team,\n")
        after = imports.contact("ada")
        assert after.attributes == {"plan": "team", "seen": 1}
        assert (after.addresses, after.region) == (ada.addresses, ada.region)

    def test_the_same_file_again_changes_nothing(self, imports):
        content = table({"id": "ada", "phone": "+14155550123", "attributes.plan": "pro", **YES})
        assert imports.run(content).counts == Counts(created=1)
        before = imports.contact("ada")
        assert imports.run(content).counts == Counts(unchanged=1)
        assert imports.contact("ada") == before

    def test_a_yes_with_all_that_proves_it_counts_and_is_in_the_ledger(self, imports):
        imports.run(table({"id": "ada", "phone": "+14155550123", **YES}))
        (consent,) = imports.contact("ada").consents
        assert (consent.level, consent.source) == (Level.EXPRESS, "shop")
        assert consent.at == parse_rfc3339("2026-01-02T10:00:00Z")

    def test_whoever_was_forgotten_goes_on_with_the_chain_that_was_left(self, imports):
        imports.run(table({"id": "ada", "phone": "+14155550123", **YES}))
        first = imports.contact("ada")
        imports.contacts.forget(first)
        no = table({"id": "ada", "consents.sms.marketing.status": "revoked"})
        assert imports.run(no).counts == Counts(created=1)
        assert imports.contact("ada").chain.number == first.chain.number + 1

    @pytest.mark.parametrize("lacking", ["level", "source", "at", "wording", "proof"])
    def test_a_yes_that_lacks_something_is_none(self, imports, lacking):
        said = {name: cell for name, cell in YES.items() if not name.endswith(lacking)}
        done = imports.run(table({"id": "ada", "phone": "+14155550123", **said}))
        assert done.counts == Counts(refused=1, complaints=1)
        assert (TENANT, "ada") not in imports.contacts
        (line,) = imports.report(done)
        assert line["code"] in ("proof_required", "required")

    def test_an_older_yes_never_undoes_a_no(self, imports):
        imports.run(table({"id": "ada", "consents.sms.marketing.status": "revoked"}))
        done = imports.run(table({"id": "ada", **YES}))
        assert done.counts == Counts(refused=1, complaints=1)
        assert imports.report(done)[0]["code"] == "newer_revocation"
        assert imports.contact("ada").consents[0].status is ConsentStatus.REVOKED

    def test_what_somebody_wants_nothing_on_is_only_added_to(self, imports):
        imports.contacts.add(make_contact("ada", forbidden=frozenset({Channel.SMS})))
        imports.run("id,forbidden\nada,email\n")
        imports.run(json.dumps({"id": "ada", "forbidden": []}), NDJSON)
        assert imports.contact("ada").forbidden == {Channel.SMS, Channel.EMAIL}

    def test_consents_outlive_a_row_that_says_nothing_of_them(self, imports):
        imports.run(table({"id": "ada", "phone": "+14155550123", **YES}))
        before = imports.contact("ada").consents
        imports.run(json.dumps({"id": "ada", "consents": {}, "region": "FR"}), NDJSON)
        assert imports.contact("ada").consents == before

    def test_topics_are_statements_of_their_own(self, imports):
        imports.run(
            table(
                {
                    "id": "ada",
                    "consents.email.marketing.offers.status": "revoked",
                    "consents.email.marketing.news.status": "revoked",
                }
            )
        )
        found = {(each.purpose, each.topic) for each in imports.contact("ada").consents}
        assert found == {(Purpose.MARKETING, "offers"), (Purpose.MARKETING, "news")}


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("row", "column", "value", "code"),
        [
            ({"id": "ada", "email": "ada@"}, "email", "a•••@", "invalid"),
            ({"id": "ada", "phone": "555-1234"}, "phone", "5•••", "invalid"),
            ({"id": "ada", "region": "Florida"}, "region", "F•••", "invalid"),
            ({"id": "a b c"}, "id", "a•••", "invalid"),
            ({"id": "", "email": "", "phone": "12"}, "phone", "1•••", "invalid"),
            ({"id": "", "email": "", "region": "FR"}, "id", "", "unnamed"),
            ({"id": "ada", "attributes.age:number": "old"}, "attributes.age:number", "o•••",
             "invalid"),
            ({"id": "ada", "consents.sms.marketing.status": "maybe"},
             "consents.sms.marketing.status", "m•••", "invalid"),
        ],
    )  # fmt: skip
    def test_each_fault_is_told_with_line_column_and_masked_value(
        self, imports, row, column, value, code
    ):
        done = imports.run(table({"id": "bob"}, row))
        assert (done.counts.created, done.counts.refused) == (1, 1)
        (line,) = imports.report(done)
        assert (line["line"], line["code"]) == ("3", code)
        if code != "unnamed":
            assert (line["column"], line["value"]) == (column, value)
        assert line["message"].endswith(".")

    def test_a_row_that_is_wrong_writes_nothing_and_stops_no_other(self, imports):
        done = imports.run("id,email,region\nada,a@example.com,??\nbob,b@example.com,FR\n")
        assert [*imports.contacts.contacts] == [(TENANT, "bob")]
        assert done.counts == Counts(created=1, refused=1, complaints=1)

    def test_no_value_of_the_report_is_a_formula(self, imports):
        header = "=HYPERLINK(1)"
        columns = {header: "region"}
        done = imports.run(
            f'id,"{header}"\nada,=1+1\nbob,@SUM(A1)\n', Plan(Format.CSV, columns=columns)
        )
        text = imports.files.reports[f"{TENANT}/{done.id}"]
        assert done.counts.refused == 2
        for line in imports.report(done):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.values())
        assert "SUM" not in text
        assert "'=•••" in text

    def test_formulas_are_taken_as_text_and_never_change(self, imports):
        imports.run("id,attributes.note\nada,\"=cmd|'/c calc'!A1\"\n")
        assert imports.contact("ada").attributes == {"note": "=cmd|'/c calc'!A1"}

    def test_an_address_with_too_many_contacts_refuses_that_row_alone(self, imports):
        for number in range(20):
            imports.contacts.add(make_contact(f"c{number}", PHONE))
        done = imports.run("id,phone\nada,+14155550123\nbob,+14255550199\n")
        assert done.counts == Counts(created=1, refused=1, complaints=1)
        assert imports.report(done)[0]["code"] == "address_shared"

    def test_an_address_that_moves_within_the_file_is_followed(self, imports):
        done = imports.run("id,phone\nada,+14155550123\nada,+14255550199\n")
        assert done.counts == Counts(created=1, changed=1)
        assert imports.contact("ada").addresses == (Address("phone", "+14255550199"),)
