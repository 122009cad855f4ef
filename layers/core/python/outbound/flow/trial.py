"""Tests of a template, to the tenant's verified testers and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain.errors import Fault, Refusal
from outbound.domain.words import OnUnconfirmed, Purpose
from outbound.flow.intake import Request, TemplateChoice, accept
from outbound.flow.pinning import TEST_TOPIC
from outbound.flow.preview import channels_of, chosen
from outbound.flow.recipient import To

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.domain.tester import Tester
    from outbound.domain.words import Channel
    from outbound.flow.testers import TesterPorts


@dataclass(frozen=True, slots=True)
class Trial:
    """Which template to send to which testers; on all its channels, if none is named."""

    template: TemplateChoice
    tester_ids: tuple[str, ...]
    data: Mapping[str, Any]
    channel: Channel | None
    idempotency_key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of it for one tester on one channel: a message, or why there is none."""

    tester_id: str
    channel: Channel
    result: Message | Refusal


def send_tests(trial: Trial, key: ApiKey, ports: TesterPorts) -> tuple[Tried, ...]:
    """Send a template to testers, on each channel that their address serves.

    Raises:
        Refusal: there is no such template or channel, or a tester isn't verified; nothing is sent.
    """
    template = chosen(trial.template, key.tenant, ports.intake)
    channels = channels_of(template, trial.channel)
    choice = TemplateChoice(template.id, template.version, trial.template.locale)
    testers = _verified(trial.tester_ids, key, ports)
    return tuple(
        Tried(tester.id, channel, _try(choice, tester, channel, trial, key, ports))
        for tester in testers
        for channel in channels
        if tester.address.serves(channel)
    )


def _verified(tester_ids: tuple[str, ...], key: ApiKey, ports: TesterPorts) -> list[Tester]:
    known = ports.testers.all(key.tenant)
    found, faults = [], []
    for index, tester_id in enumerate(tester_ids):
        tester = known.find(tester_id)
        if tester is not None and tester.verified_at is not None:
            found.append(tester)
            continue
        message = "There is no tester with this id, or their address isn't verified yet."
        faults.append(Fault(f"/testers/{index}", "tester_not_verified", message))
    if faults:
        raise Refusal("tester_not_verified", faults[0].message, *faults)
    return found


def _try(
    choice: TemplateChoice,
    tester: Tester,
    channel: Channel,
    trial: Trial,
    key: ApiKey,
    ports: TesterPorts,
) -> Message | Refusal:
    request = Request(
        to=To(address=tester.address),
        channel=channel,
        purpose=Purpose.TRANSACTIONAL,
        topic=TEST_TOPIC,
        content=None,
        template=choice,
        data=trial.data,
        send_at=None,
        expires_at=None,
        on_unconfirmed=OnUnconfirmed.NEVER,
        # Its spaces keep it apart from the keys that callers choose.
        idempotency_key=f"{trial.idempotency_key} {tester.id} {channel}",
        fingerprint=trial.fingerprint,
    )
    try:
        return accept(request, key, ports.intake).message
    except Refusal as refusal:
        return refusal
