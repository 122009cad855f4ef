"""Imports of contacts, as they are kept, and their files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.adapters.dynamodb.contact_imports import DynamoContactImports
from outbound.adapters.s3_imports import S3ImportFiles
from outbound.domain.contact_import import Counts, Format, ImportState, Kind, Origin, Place, Plan
from outbound.domain.words import Mode, Purpose
from outbound.ports import FileGone, ImportPage
from tests import aws, memory
from tests.builders import TENANT, make_import
from tests.memory.clock import START

WAITING = make_import(
    plan=Plan(Format.NDJSON, Origin.PINPOINT, {"A": "id", "B": None}, {"region": "FR"})
)
RUNNING = replace(
    WAITING,
    state=ImportState.RUNNING,
    size=12,
    tag="tag",
    packed=True,
    place=Place(7, 2),
    counts=Counts(1, 2, 3, 4, 5),
    parts=1,
    ignored=("C",),
    started_at=START,
    version=2,
)


@pytest.fixture
def contact_imports(port):
    return port(memory.MemoryContactImports(), "catalog", DynamoContactImports)


@pytest.fixture(params=["memory", "aws"])
def import_files(request):
    """Files of imports, a function that uploads by a form, and one that reads a report."""
    if request.param == "memory":
        in_memory = memory.MemoryImportFiles()
        return (
            in_memory,
            in_memory.upload,
            lambda each: in_memory.reports[f"{each.tenant}/{each.id}"],
        )
    request.getfixturevalue("moto")
    s3 = request.getfixturevalue("client")("s3")
    bucket = aws.create_bucket(s3)

    def upload(form, content):
        s3.put_object(Bucket=bucket, Key=form.fields["key"], Body=content)

    def report(imported):
        key = f"kept-93/{imported.tenant}/{imported.id}.csv"
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()

    return S3ImportFiles(lambda: s3, bucket), upload, report


class TestKeeping:
    def test_an_import_is_written_down_once_and_found_whole(self, contact_imports):
        assert contact_imports.insert(WAITING)
        assert not contact_imports.insert(replace(WAITING, by="key_2"))
        assert contact_imports.get(TENANT, WAITING.id) == WAITING
        assert contact_imports.replace(RUNNING)
        assert contact_imports.get(TENANT, WAITING.id) == RUNNING

    def test_one_of_reminders_keeps_what_they_may_be(self, contact_imports):
        imported = make_import(
            plan=Plan(Format.CSV, constants={"channel": "sms"}, kind=Kind.REMINDERS),
            mode=Mode.TEST,
            purposes=frozenset({Purpose.HEALTHCARE, Purpose.INFORMATIONAL}),
        )
        contact_imports.insert(imported)
        assert contact_imports.get(TENANT, imported.id) == imported

    def test_of_two_who_change_a_version_one_does(self, contact_imports):
        contact_imports.insert(WAITING)
        assert contact_imports.replace(RUNNING)
        assert not contact_imports.replace(RUNNING)
        ended = RUNNING.ended(ImportState.FAILED, START, "file_gone")
        assert contact_imports.replace(ended)
        assert contact_imports.get(TENANT, WAITING.id) == ended

    def test_a_tenants_imports_are_listed_newest_first(self, contact_imports):
        ids = [f"imp_0000000000000000000{number}" for number in range(3)]
        for import_id in ids:
            contact_imports.insert(make_import(import_id))
        contact_imports.insert(make_import(ids[0], tenant="other"))
        page = contact_imports.newest(TENANT, limit=2, after=None)
        assert [each.id for each in page.imports] == [ids[2], ids[1]]
        rest = contact_imports.newest(TENANT, limit=2, after=page.after)
        assert rest == ImportPage((make_import(ids[0]),), None)

    def test_those_that_have_begun_are_known_until_they_have_ended(self, contact_imports):
        for tenant in ("other", TENANT, TENANT):
            contact_imports.attend(tenant, WAITING.id)
        assert list(contact_imports.attended()) == [(TENANT, WAITING.id), ("other", WAITING.id)]
        contact_imports.leave("other", WAITING.id)
        contact_imports.leave("other", WAITING.id)
        assert list(contact_imports.attended()) == [(TENANT, WAITING.id)]


class TestFiles:
    def started(self, files, upload, content):
        upload(files.form(WAITING, START), content)
        found = files.uploaded(WAITING)
        return replace(WAITING, size=found.size, tag=found.tag), found

    def test_what_is_uploaded_is_read_from_any_place(self, import_files):
        files, upload, _ = import_files
        assert files.uploaded(WAITING) is None
        imported, found = self.started(files, upload, b"0123456789")
        assert (found.size, found.head) == (10, b"01")
        for offset in (0, 3, 10):
            assert b"".join(files.open(imported, offset)) == b"0123456789"[offset:]

    def test_what_was_replaced_or_is_gone_is_not_read(self, import_files):
        files, upload, _ = import_files
        imported, _ = self.started(files, upload, b"0123456789")
        upload(files.form(WAITING, START), b"9876543210")
        with pytest.raises(FileGone):
            list(files.open(imported, 0))
        with pytest.raises(FileGone):
            list(files.open(replace(imported, id="imp_00000000000000000009"), 0))

    def test_what_is_removed_is_gone_and_may_be_removed_again(self, import_files):
        files, upload, _ = import_files
        imported, _ = self.started(files, upload, b"0123456789")
        for _ in range(2):
            files.remove(imported)
        assert files.uploaded(imported) is None
        with pytest.raises(FileGone):
            list(files.open(imported, 0))

    def test_a_report_is_made_of_its_parts_as_often_as_one_likes(self, import_files):
        files, _, report = import_files
        for number, line in ((0, "lost\r\n"), (0, "a\r\n"), (1, "é\r\n")):
            files.put_part(RUNNING, number, line)
        for _ in range(2):
            files.join_parts(replace(RUNNING, parts=2), "head\r\n")
        assert report(RUNNING).replace("\r\n", " ") == "head a é "
        assert RUNNING.id in files.report(RUNNING)
