"""Whose events come from where: `rules.sources` in cdk.json."""

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from outbound.adapters.api.identifiers import Tenant
from outbound.domain.event_rule import OURS

MOST_SOURCES = 30
"""They go into one pattern of EventBridge, of at most 2,048 characters, and into a variable."""
RESERVED = ("aws.", f"{OURS}.")


def _free(value: str) -> str:
    if value == OURS or value.startswith(RESERVED):
        raise ValueError(f"may not begin with {' or '.join(RESERVED)}")
    return value


Source = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{1,59}$"), AfterValidator(_free)]
Principal = Annotated[str, Field(pattern=r"^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/\S{1,512}$")]


class Binding(BaseModel):
    """A source's tenant; without `principals`, whoever in the account may put events puts its."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tenant: Tenant
    principals: tuple[Principal, ...] = ()


class Rules(BaseModel):
    """Events of other systems that rules make messages of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Annotated[dict[Source, Binding], Field(max_length=MOST_SOURCES)] = Field(
        default_factory=dict
    )


def stated(sources: Mapping[str, Binding]) -> str:
    """As the functions read them (`adapters/incoming_events.py`)."""
    return json.dumps({source: each.tenant for source, each in sorted(sources.items())})
