"""What functions run from: their own folder, and layers within their budget."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra import bundling

ROOT = Path(__file__).parents[2]
EXPORT_OPTIONS = ("--only-group", "runtime", "--no-hashes", "--no-header", "--quiet")
FOLDERS = (
    "intake",
    "manage",
    "pages",
    "events",
    "expand",
    "imports",
    "rules",
    "deliver",
    "feedback",
    "inbound",
    "schedule",
    "upkeep",
    "webhooks",
)


def _assets(built: Any) -> list[Path]:
    return [found for found in built.outdir.glob("asset.*") if (found / "functions").is_dir()]


def test_a_function_is_shipped_with_its_own_folder_alone(prod: Any) -> None:
    shipped = []
    for asset in _assets(prod):
        assert {found.name for found in asset.iterdir()} == {"functions"}
        folders = [found.name for found in (asset / "functions").iterdir() if found.is_dir()]
        assert len(folders) == 1
        shipped += folders
        assert not list(asset.rglob("__pycache__"))

    assert sorted(shipped) == sorted(FOLDERS)


def test_a_layer_over_its_budget_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(b"x" * 2_000_000)

    bundling.check_size(tmp_path, budget=2_000_000)
    with pytest.raises(RuntimeError, match="the layer is 2 MB unzipped, over its budget of 1 MB"):
        bundling.check_size(tmp_path, budget=1_000_000)


def test_the_layer_keeps_the_models_of_exactly_the_services_that_functions_call() -> None:
    wiring = (ROOT / "layers/core/python/outbound/wiring").glob("*.py")

    calls = re.compile(r"\b(?:client|sender)\(\"([a-z0-9-]+)\"")
    called = {name for each in wiring for name in calls.findall(each.read_text())}

    assert called == set(bundling.SERVICES)


def test_models_of_other_services_are_removed(tmp_path: Path) -> None:
    for name in ("dynamodb", "braket"):
        (tmp_path / name).mkdir()
    (tmp_path / "partitions.json").touch()

    bundling.remove_models(tmp_path)

    assert {found.name for found in tmp_path.iterdir()} == {"dynamodb", "partitions.json"}


def test_another_platform_is_another_asset(prod: Any, local: Any) -> None:
    def layer(built: Any) -> str:
        found = built.service.named("AWS::Lambda::LayerVersion", "DepsLayer")
        return json.dumps(found["Content"])

    assert layer(prod) != layer(local)


def test_the_requirements_are_those_of_the_lock() -> None:
    from uv import find_uv_bin

    exported = subprocess.run(
        [find_uv_bin(), "export", "--frozen", *EXPORT_OPTIONS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert (ROOT / "layers/deps/requirements.txt").read_text() == exported.stdout


def test_the_local_layer_is_built_for_this_machine() -> None:
    python, platform = bundling.host_target()

    assert python == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert platform.startswith(sys.platform)
