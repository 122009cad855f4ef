"""What must hold of a rendered message, whoever wrote the template and the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outbound.domain import ssml
from outbound.domain.calendar import WrongField, when
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.words import Channel
from outbound.flow.finishing import finished
from outbound.ports import MissingVariable, TemplateFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from outbound.domain.content import Content
    from outbound.domain.locale import Formatting
    from outbound.ports import Renderer, Uses

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


def compiled(renderer: Renderer, content: Content, pointer: str) -> Uses:
    """What the bodies ask for.

    Raises:
        Refusal: one of them isn't a template that we allow.
    """
    try:
        return renderer.check(content)
    except TemplateFault as fault:
        raise template_refusal(fault, pointer) from None


def render_checked(
    renderer: Renderer,
    content: Content,
    scope: Mapping[str, Any],
    formatting: Formatting | None,
    *,
    pointer: str = "/content",
) -> Mapping[str, str]:
    """The rendered bodies, each within what its channel carries.

    Raises:
        Refusal: naming the variable or the body, and what would be right.
    """
    try:
        bodies = finished(content, renderer.render(content, scope, formatting))
    except MissingVariable as missing:
        where, message = _lacking(missing, pointer)
        raise refused_at(where, "missing_variable", message) from None
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


def check_length(channel: Channel, bodies: Mapping[str, str], pointer: str) -> None:
    """Check bodies to which something was added.

    Raises:
        Refusal: one has more than its channel carries.
    """
    for name, body in bodies.items():
        for message in _objections(channel, name, body):
            raise refused_at(f"{pointer}/{name}", "invalid_content", message)


def _lacking(missing: MissingVariable, pointer: str) -> tuple[str, str]:
    """Where to put right what is missing, and who lacks it."""
    uses = f"The template uses {missing.name}, which"
    match missing.pointer.split("/")[1]:
        case "contact":
            return "/to", f"{uses} the contact does not have."
        case "organisation":
            return pointer, f"{uses} your settings don't have: PUT /v1/settings."
        case "message":
            return pointer, f"{uses} no message has."
        case _:
            return f"/data{missing.pointer}", f"{uses} data does not have."


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
