"""Identifiers of the caller's choosing, as requests hold them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from outbound.domain.locale import PATTERN

ContactId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,63}$")]
PoolId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
TemplateId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
SegmentId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
TesterId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
WebhookId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
ProgrammeId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
KeyId = Annotated[str, Field(min_length=1, max_length=80)]
IdempotencyKey = Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,255}$")]
Tenant = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Topic = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
MediaId = Annotated[str, Field(pattern=r"^med_[0-9a-z]{20}$")]
Locale = Annotated[str, Field(pattern=PATTERN)]
_SHOWN = r"[^\x00-\x20\x7f\x85\u2028\u2029]"
ONE_LINE = rf"^{_SHOWN}([^\x00-\x1f\x7f\x85\u2028\u2029]*{_SHOWN})?$"
