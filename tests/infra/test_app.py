"""The app as `cdk` starts it: a sentence and exit code 1, warnings, cdk-nag."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3

from infra import nag


def test_a_wrong_setting_ends_with_one_line_and_no_traceback(
    environments: dict[str, Any],
) -> None:
    environments["prod"]["voice"]["voice_id"] = "MATHEW"
    context = {"environment": "prod", "environments": environments}

    run = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        env={**os.environ, "CDK_CONTEXT_JSON": json.dumps(context)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert run.stdout == ""
    (line,) = [found for found in run.stderr.splitlines() if "environments." in found]
    assert line.startswith('environments.prod.voice.voice_id is "MATHEW": choose one of AMY')
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("environment", ["local", "dev", "prod"])
def test_cdk_nag_finds_nothing(synthesize: Callable[..., Any], environment: str) -> None:
    report = json.loads((synthesize(environment).outdir / "validation-report.json").read_text())

    assert "AwsSolutions" not in {found["pluginName"] for found in report["pluginReports"]}


def test_a_finding_of_cdk_nag_stops_the_synth(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path))
    nag.check(app)
    s3.Bucket(cdk.Stack(app, "Careless"), "Open")

    with pytest.raises(RuntimeError, match="ValidationFailed"):
        app.synth()

    assert "AwsSolutions-S10" in (tmp_path / "validation-report.json").read_text()


def test_placeholder_addresses_are_warned_of_but_locally(prod: Any, local: Any) -> None:
    assert "environments.prod.alarm_address is a placeholder" in prod.manifest
    assert "placeholder" not in local.manifest


def test_prod_is_protected_from_being_deleted(prod: Any, local: Any) -> None:
    assert prod.manifest.count('"terminationProtection": true') == 2
    assert '"terminationProtection": true' not in local.manifest
