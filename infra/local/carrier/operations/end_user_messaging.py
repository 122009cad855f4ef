"""End User Messaging: texts, media messages and calls."""

from typing import Any
from xml.parsers import expat

from infra.local.carrier.errors import CallRefused
from infra.local.carrier.files import fault_of
from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.outbox import Item, Voice, attachment
from infra.local.carrier.parse import END_USER_MESSAGING, refusal
from infra.local.carrier.phone import MEDIA_PRICE, MINUTE_PRICE, PART_PRICE, count_parts

MAX_SPOKEN_TEXT = 3000
DEFAULT_VOICE = "MATTHEW"


def send_text_message(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Accept a text."""
    text = _required(parameters, "MessageBody")
    _check_price(parameters.get("MaxPrice"), PART_PRICE * count_parts(text))
    item = _item(
        parameters, desk, "SendTextMessage", channel="sms", text=text,
        message_type=parameters.get("MessageType", "TRANSACTIONAL"),
    )  # fmt: skip
    return _accepted(parameters, item)


def send_media_message(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Accept a text with a picture or another file, named by its place in S3.

    That the file can't be sent is said by a receipt, as on AWS.
    """
    media = tuple(_required(parameters, "MediaUrls"))
    _check_price(parameters.get("MaxPrice"), MEDIA_PRICE)
    text = parameters.get("MessageBody")
    file = desk.files(media[0])
    item = _item(
        parameters, desk, "SendMediaMessage", channel="sms", text=text, media=media,
        attachments=(attachment(file.name, file.content_type, file.content),) if file else (),
        media_fault=fault_of(file),
    )  # fmt: skip
    return _accepted(parameters, item)


def send_voice_message(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Accept a call that reads a text aloud."""
    body = _required(parameters, "MessageBody")
    text_type = parameters.get("MessageBodyTextType", "TEXT")
    if text_type == "TEXT" and len(body) > MAX_SPOKEN_TEXT:
        message = f"MessageBody of type TEXT must not exceed {MAX_SPOKEN_TEXT} characters."
        raise refusal(END_USER_MESSAGING, message, field="MessageBody")
    _check_price(parameters.get("MaxPricePerMinute"), MINUTE_PRICE)
    markup = body if text_type == "SSML" else None
    voice = Voice(parameters.get("VoiceId", DEFAULT_VOICE), text_type, markup)
    text = _spoken(markup) if markup else body
    item = _item(parameters, desk, "SendVoiceMessage", channel="voice", text=text, voice=voice)
    return _accepted(parameters, item)


def _required(parameters: dict[str, Any], name: str) -> Any:
    if not parameters.get(name):
        message = f"{name} is required."
        raise refusal(END_USER_MESSAGING, message, reason="MISSING_PARAMETER", field=name)
    return parameters[name]


def _accepted(parameters: dict[str, Any], item: Item) -> Accepted:
    rehearsed = parameters.get("DryRun", False)
    return Accepted({"MessageId": item.provider_id}, () if rehearsed else (item,))


def _item(
    parameters: dict[str, Any], desk: Desk, operation: str, *, channel: str, **content: Any
) -> Item:
    number = parameters["DestinationPhoneNumber"]
    number = number if number.startswith("+") else f"+{number}"
    if number in {*desk.settings.opted_out, *desk.ledger.account.phone.unwanted}:
        raise CallRefused(
            "ConflictException",
            "Destination phone number is opted out.",
            Reason="DESTINATION_PHONE_NUMBER_OPTED_OUT",
            ResourceType="opted-out-number",
            ResourceId=number,
        )
    return Item(
        provider_id=desk.new_id(),
        service=END_USER_MESSAGING,
        operation=operation,
        channel=channel,
        to=(number,),
        sender=parameters.get("OriginationIdentity"),
        at=desk.now(),
        tags=dict(parameters.get("Context", {})),
        configuration_set=_configuration_set(parameters.get("ConfigurationSetName"), desk),
        **content,
    )


def _configuration_set(name: str | None, desk: Desk) -> str | None:
    if name is None:
        return None
    short = name.rpartition("/")[2]
    if short not in desk.settings.configuration_sets:
        raise CallRefused(
            "ResourceNotFoundException",
            f"Resource configuration-set={short} was not found.",
            ResourceType="configuration-set",
            ResourceId=short,
        )
    return short


def _check_price(highest: str | None, price: float) -> None:
    if highest is not None and price > float(highest):
        message = f"The price {price:.5f} is over the highest allowed, {highest}."
        raise refusal(END_USER_MESSAGING, message, reason="PRICE_OVER_THRESHOLD")


def _spoken(markup: str) -> str:
    # Without namespaces, as Polly reads it: nothing declares its prefix amazon:.
    names: list[str] = []
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: names.append(name)
    parser.CharacterDataHandler = texts.append
    try:
        parser.Parse(markup, True)
    except expat.ExpatError as broken:
        raise refusal(END_USER_MESSAGING, "The SSML is not well formed.") from broken
    if names[0] != "speak":
        raise refusal(END_USER_MESSAGING, "The SSML must have <speak> as its root.")
    return " ".join("".join(texts).split())
