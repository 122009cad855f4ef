"""Synthesizes each environment once per test session, without bundling a layer."""

import copy
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NODE = Path(sys.prefix) / "bin" / "node"
if NODE.exists():
    os.environ.setdefault("JSII_NODE", str(NODE))

import aws_cdk as cdk  # noqa: E402

from infra.app import build  # noqa: E402
from tests.infra.template import Template  # noqa: E402

CONTEXT = json.loads((Path(__file__).parents[2] / "cdk.json").read_text())["context"]


class Synthesized:
    def __init__(self, environment: str, environments: dict[str, Any], outdir: Path) -> None:
        app = cdk.App(
            context={
                **CONTEXT,
                "environments": environments,
                "environment": environment,
                "aws:cdk:bundling-stacks": [],
            },
            outdir=str(outdir),
        )
        build(app)
        app.synth()
        self.outdir = outdir
        self.service = self._template(f"Outbound-{environment}")
        self.data = self._template(f"Outbound-{environment}-Data")

    @property
    def manifest(self) -> str:
        """What `cdk` reads beside the templates: warnings and protection."""
        parts = [self.outdir / "manifest.json", *self.outdir.glob("*.metadata.json")]
        return "\n".join(part.read_text() for part in parts)

    def _template(self, stack: str) -> Template:
        file = self.outdir / f"{stack.replace('-', '')}.template.json"
        if not file.exists():
            file = self.outdir / f"{stack}.template.json"
        return Template(json.loads(file.read_text()))


@pytest.fixture
def environments() -> dict[str, Any]:
    return copy.deepcopy(CONTEXT["environments"])


@pytest.fixture(scope="session")
def synthesize_settings(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Synthesized]:
    def run(environment: str, settings: dict[str, Any]) -> Synthesized:
        return Synthesized(environment, settings, tmp_path_factory.mktemp("cdk"))

    return run


@pytest.fixture(scope="session")
def synthesize(synthesize_settings: Callable[..., Synthesized]) -> Callable[..., Synthesized]:
    done: dict[str, Synthesized] = {}

    def run(environment: str, **sms: Any) -> Synthesized:
        key = f"{environment}{sms}"
        if key not in done:
            settings = copy.deepcopy(CONTEXT["environments"])
            settings[environment]["sms"].update(sms)
            done[key] = synthesize_settings(environment, settings)
        return done[key]

    return run


@pytest.fixture(scope="session")
def prod(synthesize: Callable[..., Synthesized]) -> Synthesized:
    return synthesize("prod")


@pytest.fixture(scope="session")
def local(synthesize: Callable[..., Synthesized]) -> Synthesized:
    return synthesize("local")


@pytest.fixture(scope="session")
def service(prod: Synthesized) -> Template:
    return prod.service


@pytest.fixture(scope="session")
def data(prod: Synthesized) -> Template:
    return prod.data
