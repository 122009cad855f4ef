"""The lists of addresses that the account sends nothing to: SES's, and those of numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from infra.local.carrier.account import Account, OptedOut, Suppressed
from infra.local.carrier.errors import CallRefused
from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.parse import END_USER_MESSAGING, SES, refusal

PAGE = 100
AGAIN = timedelta(days=30)
"""How often a number may be taken off a list. What AWS answers then is a guess."""


def put_suppressed(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Suppress an address, or change the reason."""
    entry = Suppressed(reason=parameters["Reason"], at=desk.now())
    _suppress(desk, {parameters["EmailAddress"].lower(): entry})
    return Accepted({})


def delete_suppressed(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Take an address off the list."""
    address = parameters["EmailAddress"].lower()
    if address not in desk.ledger.account.email.addresses:
        raise CallRefused("NotFoundException", "Email address is not on the suppression list.")
    _suppress(desk, {address: None})
    return Accepted({})


def list_suppressed(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """List the suppressed addresses, a page at a time."""
    reasons = parameters.get("Reasons") or ("BOUNCE", "COMPLAINT")
    listed = [
        {"EmailAddress": address, "Reason": entry.reason, "LastUpdateTime": entry.at}
        for address, entry in sorted(desk.ledger.account.email.addresses.items())
        if entry.reason in reasons
    ]
    page, more = _page(SES, listed, parameters, int(parameters.get("PageSize", PAGE)))
    return Accepted({"SuppressedDestinationSummaries": page, **more})


def create_opt_out_list(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Make an opt-out list."""
    name = str(parameters["OptOutListName"])

    def changed(account: Account) -> Account:
        lists = tuple(dict.fromkeys((*account.phone.opt_out_lists, name)))
        phone = account.phone.model_copy(update={"opt_out_lists": lists})
        return account.model_copy(update={"phone": phone})

    desk.ledger.change(changed)
    return Accepted({"OptOutListName": name, "CreatedTimestamp": desk.now()})


def put_opted_out(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Put a number on an opt-out list; one that stands there stays as it is."""
    name, number = _list(parameters, desk), _number(parameters)
    entry = desk.ledger.account.phone.opted_out.get(name, {}).get(number)
    if entry is None:
        entry = OptedOut(at=desk.now())
        _opt_out(desk, name, {number: entry})
    return Accepted(_described(name, number, entry, desk))


def delete_opted_out(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Take a number off an opt-out list, unless its owner put it there, or 30 days after."""
    name, number = _list(parameters, desk), _number(parameters)
    phone = desk.ledger.account.phone
    entry = phone.opted_out.get(name, {}).get(number)
    if entry is None:
        raise _unknown("opted-out-number", number)
    if entry.by_its_owner:
        message = "The number was opted out by its owner."
        raise refusal(END_USER_MESSAGING, message, reason="PHONE_NUMBER_CANNOT_BE_OPTED_IN")
    last = phone.opted_in.get(f"{name} {number}", datetime(1970, 1, 1, tzinfo=UTC))
    if desk.now() < last + AGAIN:
        raise CallRefused(
            "ConflictException",
            "The number was opted in less than 30 days ago.",
            Reason="RESOURCE_MODIFICATION_NOT_ALLOWED",
            ResourceType="opted-out-number",
            ResourceId=number,
        )
    _opt_out(desk, name, {number: None}, opted_in={f"{name} {number}": desk.now()})
    return Accepted(_described(name, number, entry, desk))


def list_opted_out(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """List the numbers on an opt-out list, a page at a time."""
    name = _list(parameters, desk)
    numbers = desk.ledger.account.phone.opted_out.get(name, {})
    listed = [_entry(number, entry) for number, entry in sorted(numbers.items())]
    page, more = _page(END_USER_MESSAGING, listed, parameters, parameters.get("MaxResults", PAGE))
    return Accepted({"OptOutListName": name, "OptedOutNumbers": page, **more})


def _page(
    service: str, listed: list[Any], parameters: dict[str, Any], size: int
) -> tuple[list[Any], dict[str, str]]:
    token = parameters.get("NextToken", "0")
    if not token.isdecimal():
        raise refusal(service, "NextToken is not valid.", reason="INVALID_NEXT_TOKEN")
    end = int(token) + size
    return listed[int(token) : end], {"NextToken": str(end)} if end < len(listed) else {}


def _suppress(desk: Desk, entries: dict[str, Suppressed | None]) -> None:
    def changed(account: Account) -> Account:
        addresses = _without_none(account.email.addresses | entries)
        email = account.email.model_copy(update={"addresses": addresses})
        return account.model_copy(update={"email": email})

    desk.ledger.change(changed)


def _opt_out(
    desk: Desk,
    name: str,
    entries: dict[str, OptedOut | None],
    opted_in: dict[str, datetime] | None = None,
) -> None:
    def changed(account: Account) -> Account:
        phone = account.phone
        numbers = _without_none(phone.opted_out.get(name, {}) | entries)
        update = {
            "opted_out": phone.opted_out | {name: numbers},
            "opted_in": phone.opted_in | (opted_in or {}),
        }
        return account.model_copy(update={"phone": phone.model_copy(update=update)})

    desk.ledger.change(changed)


def _without_none(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if entry is not None}


def _list(parameters: dict[str, Any], desk: Desk) -> str:
    name = str(parameters["OptOutListName"])
    if name not in desk.ledger.account.phone.opt_out_lists:
        raise _unknown("opt-out-list", name)
    return name


def _number(parameters: dict[str, Any]) -> str:
    number = str(parameters["OptedOutNumber"])
    return number if number.startswith("+") else f"+{number}"


def _unknown(kind: str, name: str) -> CallRefused:
    return CallRefused(
        "ResourceNotFoundException",
        "Resource not found.",
        ResourceType=kind,
        ResourceId=name,
    )


def _entry(number: str, entry: OptedOut) -> dict[str, Any]:
    return {
        "OptedOutNumber": number,
        "OptedOutTimestamp": entry.at,
        "EndUserOptedOut": entry.by_its_owner,
    }


def _described(name: str, number: str, entry: OptedOut, desk: Desk) -> dict[str, Any]:
    settings = desk.settings
    arn = f"arn:aws:sms-voice:{settings.region}:{settings.account}:opt-out-list/{name}"
    return {"OptOutListArn": arn, "OptOutListName": name, **_entry(number, entry)}
