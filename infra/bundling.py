"""Builds what functions run from: their own folder, the `core` layer and the `deps` layer."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_
from uv import find_uv_bin

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ROOT / "layers"
SIZE_BUDGET = 150_000_000
NOT_CODE = ["**/__pycache__", "**/*.pyc"]
SERVICES = (
    "dynamodb",
    "events",
    "pinpoint-sms-voice-v2",
    "s3",
    "scheduler",
    "secretsmanager",
    "sesv2",
    "sns",
    "sqs",
)
"""The services whose models the functions need; botocore brings those of all 400, 28 MB of them."""
LAMBDA_TARGET = ("3.13", "aarch64-manylinux_2_28")


def function_code(name: str) -> lambda_.Code:
    """The folder of one function, under the dotted name it has in tests too."""
    return lambda_.Code.from_asset(
        str(ROOT),
        ignore_mode=cdk.IgnoreMode.GIT,
        exclude=[
            "/*",
            "!/functions",
            "/functions/*",
            "!/functions/__init__.py",
            f"!/functions/{name}",
            *NOT_CODE,
        ],
    )


def core_code() -> lambda_.Code:
    return lambda_.Code.from_asset(str(LAYERS / "core"), exclude=NOT_CODE)


def deps_code(*, local: bool) -> lambda_.Code:
    """The third-party packages, for Lambda or for the machine the emulator runs on."""
    python, target = host_target() if local else LAMBDA_TARGET
    return lambda_.Code.from_asset(
        str(LAYERS / "deps"),
        exclude=["*", "!requirements.txt"],
        bundling=cdk.BundlingOptions(
            image=cdk.DockerImage.from_registry("none"),
            # Part of the asset hash, unlike the arguments of the local bundling.
            command=["uv", python, target, "compiled" if local else "source"],
            local=UvLayer(python, target),
        ),
    )


def host_target() -> tuple[str, str]:
    return (
        f"{sys.version_info.major}.{sys.version_info.minor}",
        f"{sys.platform}-{platform.machine()}",
    )


def install(*, requirements: Path, target: Path, python: str, platform_name: str) -> None:
    """Install wheels for a target, and refuse a layer that is over its size budget."""
    if target.exists():
        shutil.rmtree(target)
    chosen = ["--python", sys.executable, "--compile-bytecode"]
    if (python, platform_name) != host_target():
        chosen = ["--python-version", python, "--python-platform", platform_name]
    subprocess.run(
        [
            find_uv_bin(),
            "pip",
            "install",
            "--quiet",
            "--no-installer-metadata",
            "--only-binary",
            ":all:",
            *chosen,
            "--target",
            str(target),
            "--requirements",
            str(requirements),
        ],
        # A copy has other times than its source; without this each worker would compile anew.
        env={**os.environ, "PYC_INVALIDATION_MODE": "UNCHECKED_HASH"},
        check=True,
    )
    remove_models(target / "botocore" / "data")
    check_size(target)


def remove_models(data: Path) -> None:
    """Remove the models of services that no function calls."""
    for folder in data.iterdir():
        if folder.is_dir() and folder.name not in SERVICES:
            shutil.rmtree(folder)


def check_size(folder: Path, *, budget: int = SIZE_BUDGET) -> None:
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if size > budget:
        raise RuntimeError(
            f"the layer is {size / 1e6:.0f} MB unzipped, over its budget of {budget / 1e6:.0f} MB: "
            "remove a package of the runtime group in pyproject.toml, or raise SIZE_BUDGET"
        )


@jsii.implements(cdk.ILocalBundling)
class UvLayer:
    """Lets CDK build the layer with uv on this machine, so that no Docker is needed."""

    def __init__(self, python: str, platform_name: str) -> None:
        self._python = python
        self._platform_name = platform_name

    def try_bundle(self, output_dir: str, *_: Any, **__: Any) -> bool:
        install(
            requirements=LAYERS / "deps" / "requirements.txt",
            target=Path(output_dir) / "python",
            python=self._python,
            platform_name=self._platform_name,
        )
        return True
