"""An import from its first byte to its report, however often it is interrupted."""

from __future__ import annotations

import gzip
import io
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.contact_import import Counts, Format, ImportState, Plan
from outbound.domain.errors import Refusal
from outbound.flow.imports import keeping, working
from outbound.flow.imports.keeping import NewImport
from outbound.flow.imports.working import STEP, work
from tests.builders import TENANT, make_key
from tests.unit.flow.imports.world import CSV, KEY, Imports

NDJSON = Plan(Format.NDJSON)


def people(count, first=0):
    rows = (f'c{number},"line one\nline two"\n' for number in range(first, first + count))
    return "id,attributes.note\n" + "".join(rows)


def bomb(size):
    """A gzip file that becomes that many bytes."""
    packer, packed = zlib.compressobj(9, zlib.DEFLATED, 31), io.BytesIO()
    for _ in range(size // 1_000_000):
        packed.write(packer.compress(b"a" * 1_000_000))
    return packed.getvalue() + packer.flush()


class TestGoingOn:
    def test_an_invocation_does_what_it_has_time_for_and_the_next_goes_on(self, imports):
        begun = imports.begin(people(5 * STEP + 7))
        imports.work(steps=2)
        done = imports.look(begun)
        assert (done.state, done.counts) == (ImportState.FINISHED, Counts(created=5 * STEP + 7))
        assert len(imports.contacts) == 5 * STEP + 7

    @pytest.mark.parametrize("packed", [False, True])
    def test_a_packed_file_goes_on_where_it_was_left(self, imports, packed):
        content = people(3 * STEP).encode()
        begun = imports.begin(gzip.compress(content) if packed else content)
        imports.work(steps=1)
        assert imports.look(begun).counts == Counts(created=3 * STEP)
        assert imports.look(begun).place.offset == len(content)

    def test_work_that_is_done_twice_changes_nothing(self, imports):
        begun = imports.begin(people(2 * STEP))
        imports.work()
        before = dict(imports.contacts.contacts)
        for _ in range(2):
            work(TENANT, begun.id, imports.ports, may_go_on=lambda: True)
        assert imports.contacts.contacts == before
        assert imports.look(begun).counts == Counts(created=2 * STEP)

    def test_a_step_that_was_taken_and_not_written_down_is_taken_again(self, imports):
        begun = imports.begin(people(STEP) + "bad id!,\n")
        lost = imports.keeping.imports.get(TENANT, begun.id)
        file = dict(imports.files.uploads)
        imports.work(steps=1)
        imports.keeping.imports.imports[TENANT, begun.id] = lost
        imports.files.uploads |= file
        imports.tasks.send([keeping.task_of(begun)])
        imports.work()
        done = imports.look(begun)
        assert done.counts == Counts(unchanged=STEP, refused=1, complaints=1)
        assert len(imports.report(done)) == 1

    def test_what_was_uploaded_is_there_until_it_is_read_and_no_longer(self, imports):
        begun = imports.begin(people(3 * STEP))
        task = imports.tasks.take()[0]
        work(task.tenant, task.id, imports.ports, may_go_on=lambda: False)
        assert imports.files.uploads
        imports.work()
        assert imports.look(begun).counts == Counts(created=3 * STEP)
        assert imports.files.uploads == {}

    def test_of_two_workers_one_goes_on(self, imports, monkeypatch):
        begun = imports.begin(people(2 * STEP))
        other = Imports()
        other.__dict__ |= imports.__dict__

        def interrupted():
            if imports.look(begun).counts.created == STEP:
                work(TENANT, begun.id, other.ports, may_go_on=lambda: True)
            return True

        imports.tasks.take()
        work(TENANT, begun.id, imports.ports, may_go_on=interrupted)
        assert imports.look(begun).state is ImportState.FINISHED
        assert sum((imports.look(begun).counts.created, imports.look(begun).counts.unchanged)) == (
            2 * STEP
        )

    def test_what_was_begun_and_never_queued_is_found_by_the_clock(self, imports):
        begun = imports.begin(people(3))
        imports.tasks.take()
        assert keeping.sweep(imports.keeping) == 1
        imports.work()
        assert imports.look(begun).state is ImportState.FINISHED
        assert keeping.sweep(imports.keeping) == 0

    @given(st.data())
    def test_wherever_it_is_interrupted_each_row_is_taken_once(self, data):
        imports = Imports()
        count = data.draw(st.integers(1, 40))
        content = people(count)
        packed = data.draw(st.booleans())
        begun = imports.begin(gzip.compress(content.encode()) if packed else content)
        size = data.draw(st.integers(1, 9))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(working, "STEP", size)
            imports.work(steps=data.draw(st.integers(1, 5)))
        assert imports.look(begun).counts == Counts(created=count)
        assert imports.look(begun).place.line == content.count("\n")


class TestEnding:
    def test_a_thousand_wrong_rows_are_all_told(self, imports):
        rows = "".join(f"c{number},nobody\n" for number in range(1_000))
        done = imports.run(f"id,email\n{rows}ada,ada@example.com\n")
        assert (done.counts.refused, done.counts.created) == (1_000, 1)
        lines = imports.report(done)
        assert [int(line["line"]) for line in lines] == [*range(2, 1_002)]
        assert {line["value"] for line in lines} == {"n•••"}

    def test_a_report_has_a_bound_and_the_counts_have_none(self, imports):
        done = imports.run("id,email\n" + "ada,x\n" * 10_200)
        assert (done.counts.refused, done.counts.complaints) == (10_200, 10_000)
        assert len(imports.report(done)) == 10_000

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty_file"),
            (b"name,town\nAda,London\n", "no_contact_column"),
            (b"id,region,Region\nada,FR,DE\n", "column_twice"),
            (b"PK\x03\x04\x14\x00\x00\x00contacts.csv", "zip_archive"),
            ("id,email\n".encode("utf-16"), "not_utf8"),
            (gzip.compress(people(50).encode())[:-20], "damaged_gzip"),
            (b"\x1f\x8bnot gzip at all", "damaged_gzip"),
        ],
    )
    def test_what_cannot_be_read_fails_with_its_reason(self, imports, content, reason):
        done = imports.run(content)
        assert (done.state, done.reason) == (ImportState.FAILED, reason)
        assert len(imports.report(done)) == 0

    def test_what_becomes_too_large_is_given_up_early(self, imports):
        done = imports.run(bomb(200_000_000))
        assert (done.state, done.reason) == (ImportState.FAILED, "unpacks_too_large")
        assert len(imports.contacts) == 0

    def test_rows_before_the_damage_are_taken(self, imports):
        content = gzip.compress(people(STEP + 50).encode())[:-9]
        done = imports.run(content)
        assert (done.state, done.reason) == (ImportState.FAILED, "damaged_gzip")
        assert STEP <= done.counts.created <= STEP + 50

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (b'{"id": ', "not_json"),
            (b"[1]", "not_json"),
            (b"[" * 60_000, "not_json"),
            (b'{"id": "\xff"}', "not_utf8"),
            (b'{"id": "' + b"x" * 70_000 + b'"}', "row_too_long"),
        ],
    )
    def test_a_line_that_is_none_is_told_and_the_next_is_read(self, imports, row, code):
        done = imports.run(row + b'\n{"id": "ada"}\n', NDJSON)
        assert done.counts == Counts(created=1, refused=1, complaints=1)
        assert imports.report(done)[0]["code"] == code

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ('bob,"b"@example.com', "not_csv"),
            ("bob,b@example.com,too,many", "too_many_cells"),
            ("bob," + "x" * 70_000, "row_too_long"),
        ],
    )
    def test_a_row_of_csv_that_is_none_is_told_and_the_next_is_read(self, imports, row, code):
        done = imports.run(f"id,email\n{row}\nada,ada@example.com\n")
        assert (done.counts.created, imports.report(done)[0]["code"]) == (1, code)

    def test_a_quotation_mark_that_is_never_closed_takes_no_more_than_a_row_may_have(self, imports):
        rows = "".join(f"c{number},\n" for number in range(12_000))
        done = imports.run(f'id,region\nbob,"FR\n{rows}')
        assert done.counts.refused >= 1
        assert done.counts.created > 1_000

    def test_a_file_that_was_replaced_is_not_read(self, imports):
        begun = imports.begin(people(3))
        imports.files.uploads[f"{TENANT}/{begun.id}"] = people(4).encode()
        imports.work()
        done = imports.look(begun)
        assert (done.state, done.reason) == (ImportState.FAILED, "file_gone")
        assert len(imports.contacts) == 0


class TestKeeping:
    def test_an_announcement_is_made_once_for_its_key(self, imports):
        request = NewImport(CSV, "key-1", "a")
        first = keeping.announce(request, KEY, imports.keeping)
        again = keeping.announce(request, KEY, imports.keeping)
        assert again.imported == first.imported
        assert again.replayed
        with pytest.raises(Refusal, match="idempotency_key_reused"):
            keeping.announce(NewImport(CSV, "key-1", "b"), KEY, imports.keeping)

    def test_nothing_is_started_before_its_file_is_there(self, imports):
        made = keeping.announce(NewImport(CSV), KEY, imports.keeping)
        with pytest.raises(Refusal, match="file_not_uploaded"):
            keeping.start(made.imported.id, KEY, imports.keeping)

    def test_starting_again_only_queues_it_again(self, imports):
        begun = imports.begin(people(3))
        assert keeping.start(begun.id, KEY, imports.keeping) == begun
        imports.work()
        with pytest.raises(Refusal, match="import_ended"):
            keeping.start(begun.id, KEY, imports.keeping)

    def test_a_cancelled_import_keeps_what_it_took_and_takes_no_more(self, imports):
        begun = imports.begin(people(3 * STEP) + "bad id!,\n")
        task = imports.tasks.take()[0]
        work(task.tenant, task.id, imports.ports, may_go_on=lambda: False)
        cancelled = keeping.cancel(begun.id, KEY, imports.keeping)
        assert cancelled.counts == Counts(created=STEP)
        assert keeping.cancel(begun.id, KEY, imports.keeping) == cancelled
        imports.work()
        assert len(imports.contacts) == STEP
        assert imports.report(cancelled) == []
        assert imports.files.uploads == {}
        assert keeping.sweep(imports.keeping) == 0

    def test_others_see_nothing_of_it(self, imports):
        begun = imports.begin(people(1))
        for ask in (keeping.find, keeping.start, keeping.cancel):
            with pytest.raises(Refusal, match="unknown_import"):
                ask(begun.id, make_key(tenant="other"), imports.keeping)

    def test_json_has_its_constants_too(self, imports):
        plan = Plan(Format.NDJSON, constants={"attributes.cohort": "spring", "region": "FR"})
        rows = [{"id": "ada"}, {"id": "bob", "region": "DE", "attributes": {"cohort": "own"}}]
        imports.run("\n".join(map(json.dumps, rows)), plan)
        found = [(imports.contact(name).region, dict(imports.contact(name).attributes))
                 for name in ("ada", "bob")]  # fmt: skip
        assert found == [("FR", {"cohort": "spring"}), ("DE", {"cohort": "own"})]
