"""The template: what versions of it say, in which languages, and which of them is published."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.domain.locale import DEFAULT, fallbacks, language
from outbound.domain.voices import ANY_VOICE, VoiceChoice
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Content
    from outbound.domain.variable import Variable
    from outbound.domain.words import Purpose

ANY_LOCALE = ""
"""Stands for the default among the locales of a part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A template that another one extends or includes, in the version it was stored with.

    `sources` are the bodies it gives: {locale: {channel: {body: source}}}.
    """

    version: int
    sources: Mapping[str, Mapping[Channel, Mapping[str, str]]]

    def bodies(self, channel: Channel, locale: str) -> Mapping[str, str]:
        """Its bodies where one in this locale asks for them; each in the nearest locale it has."""
        nearest: dict[str, str] = {}
        for each in (*fallbacks(locale), ANY_LOCALE):
            nearest = {**self.sources.get(each, {}).get(channel, {}), **nearest}
        return nearest


@dataclass(frozen=True, slots=True)
class Template:
    """An immutable version: one purpose, a content per channel, the same in other locales.

    `contents` are in `locale`, and `translations` has no channel that they lack. Version 0 is one
    that isn't stored yet. Without a purpose it is a partial: a layout or a part of others.
    """

    tenant: str
    id: str
    version: int
    purpose: Purpose | None
    contents: Mapping[Channel, Content]
    created_at: datetime
    locale: str = DEFAULT
    translations: Mapping[str, Mapping[Channel, Content]] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)

    def says(self, other: Template) -> bool:
        """Whether another version says the same."""
        same = replace(other, version=self.version, created_at=self.created_at)
        return replace(same, parts=self.parts) == self

    def content(self, channel: Channel, locale: str | None) -> Content | None:
        """What it says on a channel to who reads this locale: `fr-CA`, else `fr`, else default."""
        for each in fallbacks(locale or ""):
            content = self.translations.get(each, {}).get(channel)
            if content is not None:
                return content
        return self.contents.get(channel)

    def all_of(self, channel: Channel) -> tuple[Content, ...]:
        """What it says on a channel, in every locale."""
        everywhere = (self.contents, *self.translations.values())
        return tuple(contents[channel] for contents in everywhere if channel in contents)

    def on(self, channel: Channel) -> Template:
        """The same, with nothing but what it says on a channel."""
        translations = {
            locale: {each: content for each, content in contents.items() if each is channel}
            for locale, contents in self.translations.items()
        }
        contents = {each: content for each, content in self.contents.items() if each is channel}
        return replace(self, contents=contents, translations=translations)

    def locale_for(self, channel: Channel, wanted: str | None) -> str:
        """The locale in which it is read by who wants this one.

        Where it speaks the language, values are written as in the wanted region; else as in the
        locale of the default, so that one message doesn't speak two languages.
        """
        if wanted is None:
            return self.locale
        for each in fallbacks(wanted):
            if channel in self.translations.get(each, {}):
                return wanted
        return wanted if language(wanted) == language(self.locale) else self.locale


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a template beside its versions; `published` None: it was withdrawn."""

    id: str
    latest: int
    published: int | None
    purpose: Purpose | None
    updated_at: datetime | None


def put_together(template: Template) -> Template:
    """The template with its parts in each content, and calls in the language of their text."""
    return replace(
        template,
        contents=_whole(template.contents, template.locale, template.parts),
        translations={
            locale: _spoken(_whole(contents, locale, template.parts), locale)
            for locale, contents in template.translations.items()
        },
    )


def _whole(
    contents: Mapping[Channel, Content], locale: str, parts: Mapping[str, Part]
) -> Mapping[Channel, Content]:
    if not parts:
        return contents
    return {
        channel: replace(
            content,
            parts={
                name: bodies
                for name, part in sorted(parts.items())
                if (bodies := part.bodies(channel, locale))
            },
        )
        for channel, content in contents.items()
    }


def _spoken(contents: Mapping[Channel, Content], locale: str) -> Mapping[Channel, Content]:
    call = contents.get(Channel.VOICE)
    if call is None or call.voice != ANY_VOICE:
        return contents
    return {**contents, Channel.VOICE: replace(call, voice=VoiceChoice(locale=locale))}
