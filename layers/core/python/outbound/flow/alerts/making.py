"""Making alerts: all is checked before anything is written, and drills begin at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.alert import Alert, AlertState, AlertType, Identity
from outbound.domain.alert_text import by_locale, title
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.key import check_purpose
from outbound.domain.template import Template
from outbound.domain.words import Channel, Purpose
from outbound.flow import selecting
from outbound.flow.alerts.steering import begin
from outbound.flow.alerts.wording import STANDS_FOR_LINK, worded
from outbound.flow.content_check import compiled, render_checked
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.flow.recipient import To, look_up, make_contacts, resolve
from outbound.flow.scope import scope_of
from outbound.flow.times import FURTHEST
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.alert import AlertSettings, Info
    from outbound.domain.content import Content
    from outbound.domain.key import ApiKey
    from outbound.domain.tester import Tester
    from outbound.flow.alerts.ports import AlertPorts
    from outbound.ports import AlertPage, Alerts, Testers


@dataclass(frozen=True, slots=True)
class Places:
    """Where in a request its parts stand, as its own language names places."""

    target: str
    references: str
    expires: str
    infos: tuple[str, ...]
    steps: tuple[str, ...]
    template: str


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert as asked for; `identity` is None where the world knows it by nothing but our id.

    `referred` are what the world calls the alerts that it refers to, where they aren't named by id.
    """

    settings: AlertSettings
    identity: Identity | None
    referred: tuple[Identity, ...]
    places: Places
    idempotency_key: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """An alert, and whether an earlier request had made it."""

    alert: Alert
    replayed: bool


def create(request: NewAlert, key: ApiKey, ports: AlertPorts) -> Made:
    """Make an alert, once for each idempotency key and once for what the world calls it.

    Raises:
        Refusal: something speaks against it, or its key or name was used otherwise.
    """
    now = ports.clock.now()
    try:
        settings, said = _checked(request, key, now, ports)
    except Refusal:
        alert = _made_before(request, key, now, ports)
        if alert is None:
            raise
        return Made(alert, replayed=True)
    cause = request.idempotency_key or ports.tokens.token()
    mine = Claim(request.fingerprint, ids.alert_id(key.tenant, now, f"{key.mode} {cause}"), now)
    claim, repeated = reserve(
        ports.idempotency, key.tenant, key.mode, request.idempotency_key, mine
    )
    if repeated:
        standing = ports.alerts.get(key.tenant, claim.resource)
        if standing is not None:
            return Made(_begun(standing, ports), replayed=True)
        check_left_by_crash(claim, now)
    identity = request.identity or Identity(key.tenant, claim.resource, claim.at)
    alert_id = ports.alerts.name(key.tenant, key.mode, identity, claim.resource)
    standing = ports.alerts.get(key.tenant, alert_id) if alert_id != claim.resource else None
    if standing is not None:
        return Made(_begun(_same(standing, settings), ports), replayed=True)
    alert = Alert(
        tenant=key.tenant,
        id=alert_id,
        mode=key.mode,
        identity=identity,
        settings=settings,
        state=AlertState.AWAITING_APPROVAL,
        created_at=claim.at,
        created_by=key.id,
        updated_at=claim.at,
        person=key.person,
    )
    template = ports.templates.put(template_of(alert, said), publish=False)
    alert = replace(alert, says=template.version)
    if not ports.alerts.insert(alert):
        standing = ports.alerts.get(key.tenant, alert_id)
        assert standing is not None
        return Made(_begun(_same(standing, settings), ports), replayed=True)
    return Made(_begun(alert, ports), replayed=False)


def find(alert_id: str, key: ApiKey, alerts: Alerts) -> Alert:
    """An alert of the key's tenant and mode.

    Raises:
        Refusal: there is none with this id.
    """
    alert = alerts.get(key.tenant, alert_id)
    if alert is None or alert.mode is not key.mode:
        raise Refusal("unknown_alert", "There is no alert with this id.")
    return alert


def page(key: ApiKey, alerts: Alerts, *, limit: int, after: str | None) -> AlertPage:
    """The alerts of the key's tenant and mode, newest first."""
    found = alerts.newest(key.tenant, limit=limit, after=after)
    return replace(found, alerts=tuple(each for each in found.alerts if each.mode is key.mode))


def template_of(alert: Alert, by_info: Mapping[Info, Mapping[Channel, Content]]) -> Template:
    """What an alert says, as a version of a template that no one else sends."""
    infos = alert.settings.infos
    said = {locale: by_info[info] for locale, info in by_locale(infos).items()}
    first = infos[0].language
    return Template(
        tenant=alert.tenant,
        id=alert.id,
        version=0,
        purpose=Purpose.EMERGENCY,
        contents=said[first],
        created_at=alert.created_at,
        locale=first,
        translations={locale: each for locale, each in said.items() if locale != first},
    )


def verified(tenant: str, testers: Testers) -> tuple[Tester, ...]:
    """Whom drills reach."""
    return tuple(each for each in testers.all(tenant).testers if each.verified_at is not None)


def _begun(alert: Alert, ports: AlertPorts) -> Alert:
    """A drill begins at once; the alert that is meant waits for a second person."""
    if alert.settings.drill and alert.state is AlertState.AWAITING_APPROVAL:
        return begin(alert, ports, approval=None)
    return alert


def _same(standing: Alert, settings: AlertSettings) -> Alert:
    # Resent, it is the same though its template has got another version meanwhile.
    named = (each.template and each.template.id for each in (standing.settings, settings))
    ours, theirs = (replace(each, template=None) for each in (standing.settings, settings))
    if ours != theirs or len(set(named)) > 1:
        detail = "There is another alert with this sender, identifier and time: send an Update."
        raise Refusal("alert_exists", detail)
    return standing


def _made_before(request: NewAlert, key: ApiKey, now: datetime, ports: AlertPorts) -> Alert | None:
    claim = repeats(
        ports.idempotency,
        key.tenant,
        key.mode,
        request.idempotency_key,
        request.fingerprint,
        now,
    )
    return ports.alerts.get(key.tenant, claim.resource) if claim else None


def _checked(
    request: NewAlert, key: ApiKey, now: datetime, ports: AlertPorts
) -> tuple[AlertSettings, Mapping[Info, Mapping[Channel, Content]]]:
    """What is asked for, with what it refers to by our ids, and what it says.

    Raises:
        Refusal: something speaks against it.
    """
    check_purpose(key, Purpose.EMERGENCY, "")
    settings, places = request.settings, request.places
    if not settings.drill and key.person is None:
        detail = "A person asks for a real alert: an operator makes their key, with --person."
        raise Refusal("person_required", detail)
    if settings.expires_at <= now:
        raise refused_at(places.expires, "time_in_the_past", "It must expire in the future.")
    if settings.expires_at > now + FURTHEST:
        raise refused_at(places.expires, "time_too_far", "It must expire within 366 days.")
    for place, step in zip(places.steps, settings.escalation, strict=True):
        if now + step.after >= settings.expires_at:
            message = "The alert will have expired by then: it would never be taken."
            raise refused_at(place, "time_too_far", message)
    settings = replace(settings, references=_references(request, key, now, ports))
    by_info = dict(zip(settings.infos, places.infos, strict=True))
    words = worded(settings, by_info, places.template, key.tenant, ports)
    for info, place in by_info.items():
        _check_said(words.contents[info], info, place, ports)
    settings = replace(settings, template=words.template)
    segment = settings.target.segment
    if segment is not None:
        meant = ports.segments.get(key.tenant, segment)
        if meant is None:
            message = "There is no segment with this id."
            raise refused_at(places.target, "unknown_segment", message)
        selecting.whole(meant, ports.segments)
    if settings.drill:
        _meet_testers(key, now, ports)
    return settings, words.contents


def _references(
    request: NewAlert, key: ApiKey, now: datetime, ports: AlertPorts
) -> tuple[str, ...]:
    """The alerts that it ends, by our ids.

    Raises:
        Refusal: one of them isn't known, is no older, or isn't as serious.
    """
    place = request.places.references
    named = (ports.alerts.named(key.tenant, key.mode, each) for each in request.referred)
    found = [ports.alerts.get(key.tenant, each or "") for each in named]
    found += [ports.alerts.get(key.tenant, each) for each in request.settings.references]
    sent = request.identity.sent if request.identity else now
    for alert in found:
        if alert is None or alert.mode is not key.mode:
            raise refused_at(place, "unknown_reference", "It refers to an alert that isn't known.")
        if alert.settings.status is not request.settings.status:
            message = f"It refers to an alert of another status: {alert.settings.status}."
            raise refused_at(place, "unknown_reference", message)
        if sent <= alert.identity.sent:
            message = "It was sent no later than the alert that it refers to."
            raise refused_at(place, "older_than_reference", message)
    if not found and request.settings.kind is not AlertType.ALERT:
        message = f"An {request.settings.kind} refers to the alerts that it ends."
        raise refused_at(place, "unknown_reference", message)
    return tuple(dict.fromkeys(each.id for each in found if each is not None))


def _check_said(said: Mapping[Channel, Content], info: Info, place: str, ports: AlertPorts) -> None:
    """Raises Refusal when an information can't be said on one of the channels."""
    for channel, content in said.items():
        compiled(ports.renderer, content, place)
        links = {} if channel is Channel.VOICE else {"alert": STANDS_FOR_LINK}
        scope = scope_of({}, contact={}, message={}, links=links)
        try:
            render_checked(ports.renderer, content, scope, None, pointer=place)
        except Refusal as refusal:
            if refusal.code != "invalid_content":
                raise
            what = f"On {channel}, {refusal.detail}"
            fault = Fault(place, refusal.code, what)
            raise Refusal(refusal.code, what, fault) from None
    if not title(info):
        raise refused_at(place, "invalid_content", "It needs a headline or an event.")


def _meet_testers(key: ApiKey, now: datetime, ports: AlertPorts) -> None:
    """Raises Refusal when there is nobody whom a drill would reach. Testers become contacts."""
    testers = verified(key.tenant, ports.testers)
    if not testers:
        detail = "A drill reaches only verified testers, and there are none: PUT /v1/testers/{id}."
        raise Refusal("tester_not_verified", detail)
    gate = ports.gate
    some = [(To(address=each.address), each.channel) for each in testers]
    known = look_up(some, key.tenant, gate.contacts, gate.secret)
    make_contacts(
        [resolve(to, key.tenant, channel, known, gate.secret, now) for to, channel in some],
        gate.contacts,
    )
