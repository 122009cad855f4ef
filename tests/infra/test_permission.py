"""What a deployment says of permission reaches whoever asks the gate, and nobody else."""

import json
from typing import Any

import pytest

from infra.config import load
from infra.config_error import ConfigError
from outbound.adapters.jurisdictions.overlay import overlay_of

RULE = {
    "kind": "cap",
    "rule": "acme.weekly",
    "source": "our policy",
    "verified": "statute",
    "channels": ["sms", "email"],
    "purposes": ["marketing"],
    "limit": 2,
    "within": "P7D",
}
OFF = {"rule": "us-ri.quiet-hours", "reason": "no customers there", "by": "Ada, counsel"}


def test_the_rules_reach_those_that_ask_the_gate(environments: dict[str, Any]) -> None:
    wanted = {"rules": [RULE], "without": [OFF]}
    environments["dev"]["permission"] = wanted
    text = load("dev", environments).permission.text
    overlay = overlay_of(text)
    assert (overlay.added, overlay.without[0].by) == ((RULE,), "Ada, counsel")
    assert json.loads(text) == wanted


@pytest.mark.parametrize(
    ("permission", "message"),
    [
        ({"rules": [RULE | {"limit": -1}]}, "must not be negative"),
        ({"rules": [RULE | {"kind": "wish"}]}, "no kind of rule wish"),
        ({"rules": [RULE | {"level": "x"}]}, "level is not known here"),
        ({"without": [OFF | {"rule": "us-xx.hours"}]}, "no rule us-xx.hours"),
        ({"without": [{"rule": "us-ri.quiet-hours"}]}, "reason"),
        ({"hours": {}}, "hours"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    environments: dict[str, Any], permission: dict[str, Any], message: str
) -> None:
    environments["dev"]["permission"] = permission
    with pytest.raises(ConfigError, match=message) as error:
        load("dev", environments)
    assert "environments.dev.permission" in str(error.value)
