"""What a deployment adds to the rules of permission, and what it takes away (cdk.json)."""

from __future__ import annotations

import json
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from outbound.adapters.jurisdictions import rulebook
from outbound.adapters.jurisdictions.overlay import overlay_of

Said = Annotated[str, Field(min_length=3, max_length=200, pattern=r"\S")]


class Loosened(BaseModel):
    """A rule that is switched off: somebody has decided that, and says why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    reason: Said
    by: Said


class Permission(BaseModel):
    """`rules` are as in layers/core/python/outbound/adapters/jurisdictions/README.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[dict[str, Any], ...] = ()
    without: tuple[Loosened, ...] = ()

    @property
    def text(self) -> str:
        """As the functions' environment holds it; empty where nothing is changed."""
        if not self.rules and not self.without:
            return ""
        return json.dumps(self.model_dump(mode="json"), separators=(",", ":"))

    @model_validator(mode="after")
    def _rules_that_there_are(self) -> Self:
        try:
            rulebook(overlay_of(self.text))
        except (KeyError, TypeError) as error:
            raise ValueError(f"a rule can't be read: {error}") from None
        return self
