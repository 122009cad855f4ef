"""Previews and tests of templates, as requests hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from outbound.adapters.api.identifiers import ContactId, Locale, TesterId
from outbound.adapters.api.message_request import Data
from outbound.adapters.api.reading import WHOLE, Model, fingerprint_of, read
from outbound.domain.tester import MOST_TESTERS
from outbound.domain.words import Channel
from outbound.flow.intake import TemplateChoice
from outbound.flow.preview import Wish
from outbound.flow.trial import Trial

if TYPE_CHECKING:
    from outbound.ports import Tokens


class ChoiceModel(Model):
    """Which version of a template, in which locale, on which channel, with which data."""

    version: Annotated[int, Field(ge=1, le=99_999_999), WHOLE] | None = None
    locale: Locale | None = None
    channel: Channel | None = None
    data: Data = Field(default_factory=dict)

    def of(self, template_id: str) -> TemplateChoice:
        """The version that is meant."""
        return TemplateChoice(template_id, self.version, self.locale)


class PreviewModel(ChoiceModel):
    """What to show."""

    contact_id: ContactId | None = None


class TrialModel(ChoiceModel):
    """What to send to which testers."""

    testers: Annotated[list[TesterId], Field(min_length=1, max_length=MOST_TESTERS)]


def read_preview(text: str, template_id: str) -> Wish:
    """What to show; the body may be empty.

    Raises:
        Refusal: the body isn't a preview.
    """
    model = read(PreviewModel, text or "{}")
    return Wish(model.of(template_id), model.data, model.contact_id, model.channel)


def read_trial(text: str, template_id: str, idempotency_key: str | None, tokens: Tokens) -> Trial:
    """What to send to which testers.

    Raises:
        Refusal: the body isn't that.
    """
    model = read(TrialModel, text)
    return Trial(
        template=model.of(template_id),
        tester_ids=tuple(dict.fromkeys(model.testers)),
        data=model.data,
        channel=model.channel,
        idempotency_key=idempotency_key or tokens.token(),
        fingerprint=fingerprint_of(f"POST /v1/templates/{template_id}/test-send", text),
    )
