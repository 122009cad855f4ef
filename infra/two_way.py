"""The numbers that people text to: `sms.two_way` in cdk.json."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from outbound.adapters.api.identifiers import Tenant
from outbound.domain.suppression import ANY_TENANT

MOST_NUMBERS = 20
"""They go into one variable of one function, and into outputs."""
IN_AN_OUTPUT = 6
"""Numbers: CloudFormation holds 1024 bytes."""
DEFAULT_LIST = "Default"
Digits = Annotated[str, Field(pattern=r"^(\+[1-9][0-9]{6,14}|[0-9]{3,8})$")]
OptOutList = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class TwoWayNumber(BaseModel):
    """A number; without `tenant` all of them share it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tenant: Tenant | None = None
    type: Literal["toll_free", "ten_dlc", "long_code", "short_code"]
    self_managed_opt_outs: bool | None = None
    emergency: bool = False
    opt_out_list: OptOutList = DEFAULT_LIST

    @property
    def self_managed(self) -> bool:
        """Whether we answer instead of AWS: where nothing is said, all but what carriers answer."""
        if self.self_managed_opt_outs is None:
            return self.type != "toll_free"
        return self.self_managed_opt_outs


TwoWay = dict[Digits, TwoWayNumber]


def check(numbers: Mapping[str, TwoWayNumber]) -> None:
    """Raises ValueError where they are too many, or a STOP elsewhere would silence alerts."""
    if len(numbers) > MOST_NUMBERS:
        raise ValueError(f"two_way may have {MOST_NUMBERS} numbers")
    lists: dict[bool, set[str]] = {True: set(), False: {DEFAULT_LIST}}
    for number in numbers.values():
        lists[number.emergency].add(number.opt_out_list)
    if lists[True] & lists[False]:
        raise ValueError(
            "numbers of alerts (emergency) need an opt_out_list of their own: a STOP to "
            "another number would silence alerts"
        )


def stated(numbers: Mapping[str, TwoWayNumber]) -> str:
    """As the function reads them (`adapters/two_way.py`)."""
    return _json({value: _of_function(number) for value, number in numbers.items()})


def outputs(numbers: Mapping[str, TwoWayNumber]) -> Iterator[str]:
    """As `outbound setup` and `outbound doctor` read them, in as many outputs as it takes."""
    told = [_of_setup(value, number) for value, number in numbers.items()]
    for start in range(0, len(told), IN_AN_OUTPUT):
        yield _json(told[start : start + IN_AN_OUTPUT])


def opt_out_lists(numbers: Mapping[str, TwoWayNumber]) -> dict[str, list[str]]:
    """By tenant the lists that only its numbers have; under `*` all lists but those of alerts."""
    users: dict[str, set[str]] = {DEFAULT_LIST: {ANY_TENANT}}
    for number in numbers.values():
        if not number.emergency:
            users.setdefault(number.opt_out_list, set()).add(number.tenant or ANY_TENANT)
    lists = {ANY_TENANT: sorted(users)}
    for name, tenants in sorted(users.items()):
        (tenant, *others) = tenants
        if not others and tenant != ANY_TENANT:
            lists.setdefault(tenant, []).append(name)
    return lists


def _of_function(number: TwoWayNumber) -> dict[str, Any]:
    of: dict[str, Any] = {"type": number.type, "self_managed": number.self_managed}
    if number.tenant:
        of["tenant"] = number.tenant
    if number.emergency:
        of["emergency"] = True
    return of


def _of_setup(value: str, number: TwoWayNumber) -> dict[str, Any]:
    return {
        "number": value,
        "type": number.type,
        "self_managed": number.self_managed,
        "opt_out_list": number.opt_out_list,
    }


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
