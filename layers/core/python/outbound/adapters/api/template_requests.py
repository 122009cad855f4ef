"""Templates, as requests hold them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from outbound.adapters.api.contents import MODELS, AnyEmailModel, Subject, Text, read_content
from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import Locale, TemplateId
from outbound.adapters.api.paging import decoded
from outbound.adapters.api.reading import WHOLE, Model, read, read_value
from outbound.domain.content import Content
from outbound.domain.errors import Fault, Refusal
from outbound.domain.locale import DEFAULT
from outbound.domain.template import Template
from outbound.domain.variable import NAME, Variable, VariableType
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Self

LARGEST_VALUE = 4_000
MOST_VARIABLES, MOST_LOCALES = 100, 50
_VERSION = re.compile(r"[1-9][0-9]{0,7}")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
Version = Annotated[int, Field(ge=1, le=99_999_999), WHOLE]


def _small(value: Any) -> Any:
    try:
        length = len(json.dumps(value, allow_nan=False))
    except ValueError:
        raise ValueError("must hold only numbers that JSON has") from None
    if length > LARGEST_VALUE:
        raise ValueError(f"must have at most {LARGEST_VALUE:,} characters as JSON")
    return value


Value = Annotated[Any, AfterValidator(_small)]
Name = Annotated[
    str,
    form(
        NAME,
        "Must be 1 to 64 letters, digits or underscores, beginning with a letter, "
        "such as order_id.",
    ),
]


class TemplateIdModel(Model):
    """The id in the path."""

    id: TemplateId


class VariableModel(Model):
    """A variable that a template declares."""

    type: VariableType = VariableType.TEXT
    required: bool = True
    default: Value = None
    example: Value = None
    sensitive: bool = False


class TemplateBodyModel(Model):
    """A version of a template, or of a layout or part of others."""

    purpose: Purpose | None = None
    partial: bool = False
    channels: Annotated[dict[Channel, dict[str, Any]], Field(min_length=1)]
    locale: Locale = DEFAULT
    locales: Annotated[
        dict[Locale, Annotated[dict[Channel, dict[str, Any]], Field(min_length=1)]],
        Field(max_length=MOST_LOCALES, default_factory=dict),
    ]
    variables: Annotated[
        dict[Name, VariableModel],
        Field(max_length=MOST_VARIABLES, default_factory=dict),
    ]
    publish: bool = True

    @model_validator(mode="after")
    def _sent_or_not(self) -> Self:
        if self.partial and self.purpose is not None:
            raise ValueError("a partial must not have a purpose: it is sent as a part of others")
        if not self.partial and self.purpose is None:
            raise ValueError("the template must have a purpose, or be partial")
        return self


class TemplateEmailModel(AnyEmailModel):
    """An email of a template: from MJML or HTML, a text is made that says the same."""

    text: Text | None = None
    mjml: Text | None = None
    preheader: Subject | None = None

    @model_validator(mode="after")
    def _written(self) -> Self:
        _not_both(self.html, self.mjml)
        if self.html is None and self.mjml is None:
            if self.text is None:
                raise ValueError("must have text, html or mjml")
            if self.preheader is not None:
                raise ValueError("must have html or mjml where it has a preheader")
        return self


class PartialSmsModel(Model):
    """What stands in texts."""

    text: Text


class PartialEmailModel(Model):
    """What stands in emails: in the bodies that it has."""

    subject: Subject | None = None
    text: Text | None = None
    html: Text | None = None
    mjml: Text | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        _not_both(self.html, self.mjml)
        _check_some(self, "subject, text, html and mjml")
        return self


class PartialVoiceModel(Model):
    """What is said in calls."""

    text: Text | None = None
    ssml: Text | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        _check_some(self, "text and ssml")
        return self


CONTENTS: Mapping[Channel, type[Model]] = {**MODELS, Channel.EMAIL: TemplateEmailModel}
PARTIALS: Mapping[Channel, type[Model]] = {
    Channel.SMS: PartialSmsModel,
    Channel.EMAIL: PartialEmailModel,
    Channel.VOICE: PartialVoiceModel,
}


class PublishModel(Model):
    """Which version shall be sent where none is named."""

    version: Version


def read_template_id(value: str) -> str:
    """The id of a template in a path.

    Raises:
        Refusal: it isn't one.
    """
    return read_value(TemplateIdModel, {"id": value}, "").id


def read_template(text: str, tenant: str, template_id: str, now: datetime) -> tuple[Template, bool]:
    """The version that a tenant asks for, not stored yet, and whether to publish it.

    Raises:
        Refusal: the body isn't a template.
    """
    model = read(TemplateBodyModel, text)
    faults: list[Fault] = []
    contents = _contents(model.channels, "/channels", faults, partial=model.partial)
    translations = {
        locale: _contents(channels, f"/locales/{locale}", faults, partial=model.partial)
        for locale, channels in model.locales.items()
    }
    if faults:
        raise Refusal("invalid_request", faults[0].message, *faults)
    draft = Template(
        tenant=tenant,
        id=template_id,
        version=0,
        purpose=model.purpose,
        contents=contents,
        created_at=now,
        locale=model.locale,
        translations=translations,
        variables={name: _variable(each) for name, each in model.variables.items()},
    )
    return draft, model.publish


def read_publish(text: str) -> int:
    """The version to publish.

    Raises:
        Refusal: the body doesn't name one.
    """
    return read(PublishModel, text).version


def read_template_cursor(parameters: Mapping[str, str]) -> str | None:
    """The id of the template behind which a page begins.

    Raises:
        Refusal: the cursor isn't of an earlier page.
    """
    return decoded(parameters, _ID)


def read_version_cursor(parameters: Mapping[str, str]) -> int | None:
    """The version before which a page begins.

    Raises:
        Refusal: the cursor isn't of an earlier page.
    """
    place = decoded(parameters, _VERSION)
    return int(place) if place else None


def _contents(
    channels: Mapping[Channel, object], pointer: str, faults: list[Fault], *, partial: bool
) -> dict[Channel, Content]:
    contents = {}
    for channel, value in channels.items():
        place = f"{pointer}/{channel}"
        try:
            if partial:
                model = read_value(PARTIALS[channel], value, place)
                contents[channel] = Content(channel, model.model_dump(exclude_none=True))
            else:
                contents[channel] = read_content(channel, value, place, CONTENTS)
        except Refusal as refusal:
            faults.extend(refusal.faults)
    return contents


def _variable(model: VariableModel) -> Variable:
    return Variable(model.type, model.required, model.default, model.example, model.sensitive)


def _not_both(html: str | None, mjml: str | None) -> None:
    if html is not None and mjml is not None:
        raise ValueError("must have html or mjml, not both")


def _check_some(model: Model, bodies: str) -> None:
    if not model.model_dump(exclude_none=True):
        raise ValueError(f"must have one of {bodies}")
