"""What tenants and operators keep: templates, keys, stops; and what was asked before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.domain.stop import Stop
    from outbound.domain.template import Head, Template
    from outbound.domain.words import Channel, Mode


@dataclass(frozen=True, slots=True)
class Claim:
    """The first use of an idempotency key: whoever uses it again meets this one."""

    fingerprint: str
    resource: str
    at: datetime


class Idempotency(Protocol):
    """Which idempotency keys were used, by tenant and mode, for 7 days."""

    def reserve(self, tenant: str, mode: Mode, key: str, claim: Claim) -> Claim | None:
        """Use a key. None: we are the first. Else the claim of who was."""
        ...

    def find(self, tenant: str, mode: Mode, key: str, now: datetime) -> Claim | None:
        """The claim of who used a key first, if anybody did."""
        ...


@dataclass(frozen=True, slots=True)
class HeadPage:
    """Some templates in the order of their ids, and behind which id the next page begins."""

    heads: tuple[Head, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """When some versions were made, newest first, and before which the next page begins."""

    versions: tuple[tuple[int, datetime], ...]
    before: int | None


class Versions(Protocol):
    """What templates say, by tenant."""

    def get(self, tenant: str, template_id: str, version: int | None = None) -> Template | None:
        """A version, by default the one that is published; versions are never removed."""
        ...

    def head(self, tenant: str, template_id: str) -> Head | None:
        """What is known of a template beside its versions."""
        ...


class Templates(Versions, Protocol):
    """Templates and their versions, by tenant."""

    def put(self, draft: Template, *, publish: bool) -> Template:
        """Make the draft the next version; two callers at once make two versions."""
        ...

    def publish(self, tenant: str, template_id: str, version: int | None, now: datetime) -> None:
        """Make a version that is there the published one; None: no version is any longer."""
        ...

    def heads(self, tenant: str, *, limit: int, after: str | None) -> HeadPage:
        """A tenant's templates, those behind the id `after`."""
        ...

    def versions(
        self, tenant: str, template_id: str, *, limit: int, before: int | None
    ) -> VersionPage:
        """The versions of a template, those before the version `before`."""
        ...


@dataclass(frozen=True, slots=True)
class KeyPage:
    """Some keys, newest first, and behind which id the next page begins."""

    keys: tuple[ApiKey, ...]
    after: str | None


class Keys(Protocol):
    """API keys."""

    def insert(self, key: ApiKey) -> None:
        """Store a key, found by its digest and by its tenant and id."""
        ...

    def by_digest(self, digest: str) -> ApiKey | None:
        """The key whose secret has this digest."""
        ...

    def by_id(self, tenant: str, key_id: str) -> ApiKey | None:
        """A tenant's key."""
        ...

    def newest(self, tenant: str, *, limit: int, after: str | None) -> KeyPage:
        """A tenant's keys, newest first, beginning behind the id `after`."""
        ...

    def revoke(self, tenant: str, key_id: str, now: datetime) -> ApiKey | None:
        """Revoke a key (again: no change) and give it back; None when the tenant has none such."""
        ...

    def rotate(self, new: ApiKey, old_id: str, expires_at: datetime) -> bool:
        """Store the key that replaces an old one, which then ends, in one step.

        False, and nothing is done, when the old one was revoked or replaced meanwhile.
        """
        ...

    def used(self, tenant: str, key_id: str, at: datetime) -> None:
        """Remember when a key was used last; no effect where there is no such key."""
        ...


class Stops(Protocol):
    """Which channels their providers have stopped."""

    def current(self, channel: Channel) -> Stop | None:
        """The stop of a channel, if there is one; what is said may be 5 seconds old."""
        ...

    def begin(self, stop: Stop) -> bool:
        """Stop a channel; False when it is stopped already."""
        ...

    def probe(self, stop: Stop, now: datetime) -> bool:
        """Take the right to try one message; of several callers one gets it, once it is due."""
        ...

    def end(self, stop: Stop) -> None:
        """The provider takes messages again; no effect on a later stop."""
        ...
