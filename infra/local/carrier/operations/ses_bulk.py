"""SES v2 SendBulkEmail."""

from dataclasses import replace
from typing import Any

from infra.local.carrier.errors import CallRefused
from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.operations.ses import email_item
from infra.local.carrier.operations.ses_checks import (
    MAX_RECIPIENTS,
    check_configuration_set,
    check_identity,
    check_recipients,
    check_size,
    recipients_of,
    tags_of,
)
from infra.local.carrier.operations.ses_content import (
    Content,
    headers_of,
    read_template,
    render,
    template_data,
)
from infra.local.carrier.outbox import Item
from infra.local.carrier.parse import SES, refusal, service_model

ENTRY_STATUS = {"MessageRejected": "MESSAGE_REJECTED", "BadRequestException": "INVALID_PARAMETER"}


def send_bulk_email(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Accept up to fifty emails made of one template; each entry has its own result."""
    entries = parameters["BulkEmailEntries"]
    if not 1 <= len(entries) <= MAX_RECIPIENTS:
        raise refusal(SES, f"The number of entries must be from 1 to {MAX_RECIPIENTS}.")
    if "Template" not in parameters["DefaultContent"]:
        raise refusal(SES, "The default content needs a template.")
    content = read_template(parameters["DefaultContent"]["Template"])
    if not parameters.get("FromEmailAddress"):
        raise refusal(SES, "A From address is required.")
    check_identity(parameters["FromEmailAddress"], desk.settings)
    check_configuration_set(parameters.get("ConfigurationSetName"), desk.settings)
    results, items = [], []
    for entry in entries:
        accepted = _entry(entry, content, parameters, desk)
        if isinstance(accepted, Item):
            items.append(accepted)
            results.append({"Status": "SUCCESS", "MessageId": accepted.provider_id})
        else:
            results.append(accepted)
    return Accepted({"BulkEmailEntryResults": results}, tuple(items))


def is_entry_error(code: str | None) -> bool:
    """Tell whether an error is one that a single entry of a bulk call can have."""
    statuses: Any = service_model(SES).shape_for("BulkEmailStatus")
    return code in statuses.enum and code != "SUCCESS"


def merged_headers(
    default: tuple[tuple[str, str], ...], replacing: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Join headers; one of the entry takes the place of the template's of the same name."""
    replaced = {name.lower() for name, _ in replacing}
    return tuple(header for header in default if header[0].lower() not in replaced) + replacing


def _entry(
    entry: dict[str, Any], default: Content, parameters: dict[str, Any], desk: Desk
) -> Item | dict[str, str]:
    try:
        check_recipients(entry["Destination"])
        failed = desk.entry_error(sum(recipients_of(entry["Destination"]), ()))
        if failed:
            return {"Status": failed[0], "Error": failed[1]}
        given = entry.get("ReplacementEmailContent", {}).get("ReplacementTemplate", {})
        data = {**(default.data or {}), **template_data(given.get("ReplacementTemplateData"))}
        headers = merged_headers(default.headers, headers_of(entry.get("ReplacementHeaders", ())))
        content = replace(render(default, data), headers=headers)
        check_size(content)
        return email_item(
            content,
            operation="SendBulkEmail",
            sender=parameters["FromEmailAddress"],
            destination=entry["Destination"],
            reply_to=parameters.get("ReplyToAddresses", ()),
            tags=tags_of(parameters.get("DefaultEmailTags", ()), entry.get("ReplacementTags", ())),
            configuration_set=parameters.get("ConfigurationSetName"),
            desk=desk,
        )
    except CallRefused as refused:
        return {"Status": ENTRY_STATUS.get(refused.code, "FAILED"), "Error": refused.message}
