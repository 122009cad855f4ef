"""The content of an email: simple, raw or an inline template."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

from infra.local.carrier.errors import CallRefused
from infra.local.carrier.outbox import Attachment, attachment
from infra.local.carrier.parse import SES, refusal

MAX_HEADER = 996
SHOWN_ELSEWHERE = {"from", "to", "cc", "bcc", "subject", "content-type", "mime-version"}
VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """An email as it is read, and as it is rendered."""

    subject: str | None
    text: str | None
    html: str | None
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    size: int = 0
    templated: bool = False
    data: Mapping[str, Any] | None = None
    sender: str | None = None
    to: tuple[str, ...] = ()
    rendering_error: str | None = None


def read_content(content: dict[str, Any]) -> Content:
    """Read exactly one of the three forms."""
    if len(content) != 1:
        raise refusal(SES, "Exactly one of Simple, Raw or Template must be given.")
    if "Raw" in content:
        return _raw(content["Raw"]["Data"])
    return _simple(content["Simple"]) if "Simple" in content else read_template(content["Template"])


def read_template(template: dict[str, Any]) -> Content:
    """Read an inline template; no stored template exists here."""
    if "TemplateContent" not in template:
        name = template.get("TemplateName") or template.get("TemplateArn")
        raise CallRefused("NotFoundException", f"Template {name} does not exist.")
    inline = template["TemplateContent"]
    if not inline.get("Subject") or not (inline.get("Text") or inline.get("Html")):
        raise refusal(SES, "A template needs a subject and a body.")
    return Content(
        subject=inline["Subject"],
        text=inline.get("Text"),
        html=inline.get("Html"),
        headers=headers_of(template.get("Headers", ())),
        attachments=_attachments(template.get("Attachments", ())),
        size=_size(inline, template.get("Attachments", ())),
        templated=True,
        data=template_data(template.get("TemplateData")),
    )


def template_data(text: str | None) -> dict[str, Any]:
    """Read the values of a template."""
    try:
        data = json.loads(text or "{}")
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise refusal(SES, "Template data is not a JSON object.")
    return data


def headers_of(headers: Any) -> tuple[tuple[str, str], ...]:
    """Read headers; SES bounds name and value together."""
    for header in headers:
        if len(header["Name"]) + len(header["Value"]) > MAX_HEADER:
            raise refusal(SES, f"Header <{header['Name']}> is longer than {MAX_HEADER} characters.")
    return tuple((header["Name"], header["Value"]) for header in headers)


def render(content: Content, data: Mapping[str, Any] | None) -> Content:
    """Put the values in; inline templates know simple substitution and nothing else."""
    if not content.templated:
        return content
    try:
        return replace(
            content,
            subject=_substitute(content.subject, data or {}),
            text=_substitute(content.text, data or {}),
            html=_substitute(content.html, data or {}),
        )
    except LookupError as missing:
        return replace(content, rendering_error=str(missing.args[0]))


def _substitute(text: str | None, data: Mapping[str, Any]) -> str | None:
    def value(found: re.Match[str]) -> str:
        name = found[1]
        if not NAME.fullmatch(name):
            raise LookupError(f"Inline templates cannot hold '{found[0]}'")
        if name not in data:
            raise LookupError(f"Attribute '{name}' is not present in the rendering data.")
        return str(data[name])

    return None if text is None else VARIABLE.sub(value, text)


def _simple(simple: dict[str, Any]) -> Content:
    subject, body = simple["Subject"]["Data"], simple["Body"]
    if "\r" in subject or "\n" in subject:
        raise refusal(SES, "The subject must be one line.")
    if not body.get("Text") and not body.get("Html"):
        raise refusal(SES, "The message has no body.")
    parts = {"Subject": subject, **{kind: part["Data"] for kind, part in body.items()}}
    return Content(
        subject=subject,
        text=parts.get("Text"),
        html=parts.get("Html"),
        headers=headers_of(simple.get("Headers", ())),
        attachments=_attachments(simple.get("Attachments", ())),
        size=_size(parts, simple.get("Attachments", ())),
    )


def _raw(data: bytes) -> Content:
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    if not message["From"] or not message.keys():
        raise refusal(SES, "The raw message has no From header.")
    bodies = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    texts = {kind: part.get_content() for kind, part in bodies.items() if part is not None}
    return Content(
        subject=message["Subject"],
        text=texts.get("plain"),
        html=texts.get("html"),
        headers=tuple(
            (name, str(value))
            for name, value in message.items()
            if name.lower() not in SHOWN_ELSEWHERE
        ),
        attachments=tuple(
            attachment(
                part.get_filename() or "unnamed",
                part.get_content_type(),
                bytes(part.get_payload(decode=True)),
            )
            for part in message.iter_attachments()
        ),
        size=len(data),
        sender=str(message["From"]),
        to=tuple(address for _, address in getaddresses(message.get_all("To", []))),
    )


def _attachments(attachments: Any) -> tuple[Attachment, ...]:
    return tuple(
        attachment(
            one["FileName"],
            one.get("ContentType", "application/octet-stream"),
            one["RawContent"],
            disposition=one.get("ContentDisposition", "ATTACHMENT"),
            content_id=one.get("ContentId"),
        )
        for one in attachments
    )


def _size(parts: Mapping[str, str], attachments: Any) -> int:
    encoded = sum(-(-len(one["RawContent"]) // 3) * 4 for one in attachments)
    return encoded + sum(len(part.encode()) for part in parts.values())
