"""Routes, as requests hold them: several channels instead of one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, model_validator

from outbound.adapters.api.contents import read_content
from outbound.adapters.api.moments import within
from outbound.adapters.api.reading import Model
from outbound.domain.duration import parse_duration
from outbound.domain.errors import refused_at
from outbound.domain.words import Channel, RouteMode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Self

    from outbound.domain.content import Content

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=7)
USUAL = timedelta(minutes=5)


def _once(value: list[Channel]) -> list[Channel]:
    if len(set(value)) < len(value):
        raise ValueError("must name each channel once")
    return value


After = Annotated[str, within(SHORTEST, LONGEST, "from PT1M to P7D")]
Channels = Annotated[list[Channel], Field(min_length=2, max_length=3), AfterValidator(_once)]


class RouteModel(Model):
    """Several channels, one after another or all at once."""

    mode: RouteMode
    channels: Channels
    after: After | None = None

    @model_validator(mode="after")
    def _only_one_after_another(self) -> Self:
        if self.mode is RouteMode.ALL and self.after is not None:
            raise ValueError("after is for the mode first alone")
        return self

    @property
    def wait(self) -> timedelta:
        """How long a message may take to be delivered before the next one goes."""
        return USUAL if self.after is None else parse_duration(self.after)


def read_contents(route: RouteModel, contents: Mapping[str, Any]) -> Mapping[Channel, Content]:
    """What a route says on each of its channels.

    Raises:
        Refusal: it has no content for one of them, one for another, or one that is none.
    """
    for place, channel in enumerate(route.channels):
        if channel not in contents:
            message = f"content has nothing for {channel}."
            raise refused_at(f"/route/channels/{place}", "channel_without_content", message)
    if len(contents) > len(route.channels):
        message = "content must have nothing but what each of the route's channels says."
        raise refused_at("/content", "invalid_request", message)
    return {
        channel: read_content(channel, contents[channel], f"/content/{channel}")
        for channel in route.channels
    }
