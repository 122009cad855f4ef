"""Patterns of what the API makes: identifiers, times, amounts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from outbound.domain.ids import ALPHABET

MESSAGE_ID = rf"^msg_[{ALPHABET}]{{36}}$"
MEDIA_ID = rf"^med_[{ALPHABET}]{{20}}$"
KEY_ID = rf"^key_[{ALPHABET}]{{20}}$"

MessageId = Annotated[str, Field(pattern=MESSAGE_ID)]
RouteId = Annotated[str, Field(pattern=rf"^rte_[{ALPHABET}]{{36}}$")]
MediaId = Annotated[str, Field(pattern=MEDIA_ID)]
EstimateId = Annotated[str, Field(pattern=rf"^est_[{ALPHABET}]{{20}}$")]
ImportId = Annotated[str, Field(pattern=rf"^imp_[{ALPHABET}]{{20}}$")]
KeyId = Annotated[str, Field(pattern=KEY_ID)]
Instant = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$",
        json_schema_extra={"format": "date-time"},
    ),
]
Day = Annotated[
    str, Field(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})
]
ErasureId = Annotated[str, Field(pattern=rf"^era_[{ALPHABET}]{{20}}$")]
AddressKey = Annotated[str, Field(pattern=rf"^[{ALPHABET}]{{26}}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
EventId = Annotated[str, Field(pattern=rf"^evt_[{ALPHABET}]{{20}}$")]
AlertId = Annotated[str, Field(pattern=rf"^alt_[{ALPHABET}]{{20}}$")]
ReminderId = Annotated[str, Field(pattern=rf"^rem_[{ALPHABET}]{{36}}$")]
CampaignId = Annotated[str, Field(pattern=rf"^cam_[{ALPHABET}]{{20}}$")]
RunId = Annotated[str, Field(pattern=rf"^run_[{ALPHABET}]{{20}}$")]
