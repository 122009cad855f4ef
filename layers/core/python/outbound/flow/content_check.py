"""What must hold of a rendered message, whoever wrote the template and the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outbound.domain import ssml
from outbound.domain.calendar import WrongField, when
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.words import Channel
from outbound.flow.finishing import finished
from outbound.flow.organisation import ORGANISATION
from outbound.ports import MissingVariable, TemplateFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from outbound.domain.content import Content
    from outbound.ports import Renderer

# https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html and the models of SES v2 and
# End User Messaging; the email bodies together must also fit a table item with what belongs to it.
LIMITS = {
    (Channel.SMS, "text"): 1600,
    (Channel.EMAIL, "subject"): 255,
    (Channel.EMAIL, "text"): 100_000,
    (Channel.EMAIL, "html"): 200_000,
    (Channel.VOICE, "text"): 3000,
    (Channel.VOICE, "ssml"): ssml.LONGEST,
}
CALENDAR_LIMIT = 4000
_LINE_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def render_checked(
    renderer: Renderer, content: Content, data: Mapping[str, Any], *, pointer: str = "/content"
) -> Mapping[str, str]:
    """The rendered bodies, each within what its channel carries.

    Raises:
        Refusal: naming the variable or the body, and what would be right.
    """
    try:
        bodies = finished(content, renderer.render(content, data))
    except MissingVariable as missing:
        if missing.pointer.startswith(f"/{ORGANISATION}/"):
            message = (
                f"The template uses {missing.name}, which your settings don't have: "
                "PUT /v1/settings."
            )
            raise refused_at(pointer, "missing_variable", message) from None
        message = f"The template uses {missing.name}, which data does not have."
        raise Refusal(
            "missing_variable",
            message,
            Fault(f"/data{missing.pointer}", "missing_variable", message),
        ) from None
    except TemplateFault as fault:
        raise template_refusal(fault, pointer) from None
    faults = [
        Fault(f"{pointer}/{name}", "invalid_content", message)
        for name, body in bodies.items()
        for message in _objections(content.channel, name, body)
    ]
    if faults:
        raise Refusal("invalid_content", faults[0].message, *faults)
    try:
        when(bodies)
    except WrongField as wrong:
        place = Fault(f"{pointer}/{wrong.name}", "invalid_content", wrong.message)
        raise Refusal("invalid_content", wrong.message, place) from None
    return bodies


def template_refusal(fault: TemplateFault, pointer: str) -> Refusal:
    """The refusal of a template, at its place in the request."""
    place = Fault(f"{pointer}/{fault.body}", fault.code, fault.message)
    return Refusal(fault.code, fault.message, place)


def _objections(channel: Channel, name: str, body: str) -> list[str]:
    limit = LIMITS.get((channel, name), CALENDAR_LIMIT)
    if not body.strip():
        return [f"{name} is empty once rendered."]
    if len(body) > limit:
        return [f"{name} has {len(body)} characters once rendered; {channel} takes {limit}."]
    if name == "subject" and _LINE_BREAK.search(body):
        return ["subject has a line break once rendered; it must be one line."]
    if _CONTROL.search(body):
        return [f"{name} has control characters or unpaired surrogates once rendered."]
    if name == "ssml":
        return [f"ssml can't be said: {each}." for each in ssml.read(body).objections]
    return []
