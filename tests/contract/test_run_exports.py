"""Exports of runs, as they are kept, and their files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import boto3
import pytest
from botocore.stub import Stubber

from outbound.adapters.dynamodb.run_exports import DynamoRunExports
from outbound.adapters.s3_run_exports import LEAST as S3_LEAST
from outbound.adapters.s3_run_exports import S3ExportFiles
from outbound.domain.run_export import ExportState, Part, RunExport
from outbound.ports import UploadGone
from tests import aws, memory
from tests.builders import make_campaign, make_run
from tests.memory.clock import START

RUN = make_run().ref
OTHER = make_run(make_campaign(id="cam_00000000000000000002", tenant="other")).ref
EXPORT = RunExport(RUN, START, complete=False, recipients=7)
FULL = replace(
    EXPORT,
    state=ExportState.FAILED,
    rows=6,
    after="2026-11-23T16:40:00.123Z#rest000#000000#000",
    read=True,
    upload="upload-1",
    parts=(Part(1, '"a"'), Part(3, '"b"')),
    rest=4,
    claims=5,
    reason="file_gone",
    finished_at=START + timedelta(minutes=3),
    version=2,
)


@pytest.fixture
def run_exports(port, request):
    def over(table):
        return DynamoRunExports(table, request.getfixturevalue("table")("catalog"))

    return port(memory.MemoryRunExports(), "runs", over)


@pytest.fixture(params=["memory", "aws"])
def export_files(request):
    """Files of exports, and a function that reads one."""
    if request.param == "memory":
        in_memory = memory.MemoryExportFiles(S3_LEAST)
        return in_memory, in_memory.file
    request.getfixturevalue("moto")
    s3 = request.getfixturevalue("client")("s3")
    bucket = aws.create_bucket(s3)

    files = S3ExportFiles(lambda: s3, bucket)

    def read(export):
        (key,) = [
            each["Key"]
            for each in s3.list_objects_v2(Bucket=bucket)["Contents"]
            if each["Key"].endswith(".csv")
        ]
        assert key in files.link(export)
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()

    return files, read


class TestKeeping:
    def test_an_export_comes_back_as_it_was_written(self, run_exports):
        assert run_exports.get(RUN) is None
        for each in (EXPORT, FULL):
            assert run_exports.put(each)
            assert run_exports.get(RUN) == each
        assert run_exports.get(OTHER) is None

    def test_of_two_who_write_a_version_one_does(self, run_exports):
        assert run_exports.put(EXPORT)
        assert not run_exports.put(replace(EXPORT, recipients=8))
        assert run_exports.put(FULL)
        assert not run_exports.put(replace(FULL, rows=7))
        assert run_exports.get(RUN) == FULL

    def test_those_that_have_begun_are_known_until_they_have_ended(self, run_exports):
        later = START + timedelta(days=1)
        for each in ((RUN, START), (RUN, START), (RUN, later), (OTHER, START)):
            run_exports.attend(*each)
        assert list(run_exports.attended()) == [(RUN, START), (RUN, later), (OTHER, START)]
        for _ in range(2):
            run_exports.leave(RUN, START)
        assert list(run_exports.attended()) == [(RUN, later), (OTHER, START)]

    def test_a_tenant_s_exports_are_known_though_they_have_ended(self, run_exports):
        for ref in (RUN, OTHER):
            run_exports.attend(ref, START)
            run_exports.leave(ref, START)
        assert list(run_exports.of_tenant(RUN.tenant)) == [RUN]
        assert list(run_exports.of_tenant("nobody")) == []


class TestFiles:
    def begun(self, files):
        return replace(EXPORT, upload=files.begin(EXPORT))

    def test_a_file_is_made_of_the_parts_that_count_as_often_as_one_likes(self, export_files):
        files, read = export_files
        export = self.begun(files)
        first = Part(1, files.put_part(export, 1, b"a" * files.least))
        files.put_part(export, 2, b"of somebody else")
        last = Part(4, files.put_part(export, 4, "é".encode()))
        export = replace(export, parts=(first, last))
        for _ in range(2):
            files.join(export)
        assert read(export) == "a" * files.least + "é"

    def test_what_is_no_part_as_yet_is_kept_by_its_number(self, export_files):
        files, _ = export_files
        export = self.begun(files)
        files.put_rest(export, 1, b"one")
        files.put_rest(export, 2, b"two")
        assert (files.rest(export, 1), files.rest(export, 2)) == (b"one", b"two")
        with pytest.raises(UploadGone):
            files.rest(export, 3)

    def test_what_is_removed_is_gone(self, export_files):
        files, read = export_files
        made = self.begun(files)
        tag = files.put_part(made, 1, b"a")
        files.join(replace(made, parts=(Part(1, tag),)))
        files.put_rest(made, 2, b"two")
        under_way = replace(self.begun(files), claims=2)
        files.put_part(under_way, 1, b"a")
        for _ in range(2):
            files.remove(under_way)
        with pytest.raises(UploadGone):
            files.rest(under_way, 2)
        with pytest.raises((ValueError, KeyError)):
            read(under_way)


class TestGone:
    """What moto has no answer to."""

    @pytest.fixture
    def s3(self):
        s3 = boto3.client("s3", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        with Stubber(s3) as stub:
            yield stub, S3ExportFiles(lambda: s3, "bucket")

    def ended(self, stub, operation):
        stub.add_client_error(operation, "NoSuchUpload", http_status_code=404)

    def test_an_upload_that_has_ended_takes_no_part(self, s3):
        stub, files = s3
        self.ended(stub, "upload_part")
        with pytest.raises(UploadGone):
            files.put_part(FULL, 2, b"b")

    def test_of_an_upload_that_has_ended_the_file_is_there_or_never_will_be(self, s3):
        stub, files = s3
        self.ended(stub, "complete_multipart_upload")
        stub.add_response("head_object", {})
        files.join(FULL)
        self.ended(stub, "complete_multipart_upload")
        stub.add_client_error("head_object", "404", http_status_code=404)
        with pytest.raises(UploadGone):
            files.join(FULL)
