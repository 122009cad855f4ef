"""`outbound campaigns`: from a draft to the last of its recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.reading import object_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Campaign, CampaignEstimate, CampaignReport

SECONDS = 2.0
OPEN = frozenset({"scheduled", "running"})


def create(asked: Namespace, around: Surroundings) -> None:
    """Make a draft from a file."""
    document = object_of(asked.file)
    with client(asked, around) as api:
        _show(api.create_campaign(document, asked.idempotency_key), asked)


def change(asked: Namespace, around: Surroundings) -> None:
    """Change a draft by what a file says."""
    changes = object_of(asked.file)
    with client(asked, around) as api:
        _show(api.change_campaign(asked.id, changes), asked)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a campaign."""
    with client(asked, around) as api:
        _show(api.get_campaign(asked.id), asked)


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of campaigns."""
    with client(asked, around) as api:
        page = api.list_campaigns(asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [
        [each.id, each.state, each.way, show.when(each.created_at), each.name]
        for each in page.items
    ]
    show.table(("ID", "STATE", "CHANNEL", "CREATED", "NAME"), rows)
    show.more(page.next_cursor)


def step(asked: Namespace, around: Surroundings) -> None:
    """Approve, launch, pause, resume or cancel."""
    with client(asked, around) as api:
        steps = {
            "approve": api.approve_campaign,
            "launch": api.launch_campaign,
            "pause": api.pause_campaign,
            "resume": api.resume_campaign,
            "cancel": api.cancel_campaign,
        }
        _show(steps[asked.step](asked.id), asked)


def estimate(asked: Namespace, around: Surroundings) -> None:
    """Show what would become of a campaign."""
    with client(asked, around) as api:
        found = first = api.estimate_campaign(asked.id)
        while found.next_cursor is not None:
            show.progress(f"{found.recipients} recipients looked at")
            found = api.estimate_campaign(asked.id, found.next_cursor)
    show.progress("")
    found = found.model_copy(update={"sample": first.sample})
    show.as_json(found) if asked.json else _tell_estimate(found)


def report(asked: Namespace, around: Surroundings) -> None:
    """Show what has become of a campaign."""
    with client(asked, around) as api:
        found = api.get_campaign_report(asked.id)
    show.as_json(found) if asked.json else _tell(found)


def watch(asked: Namespace, around: Surroundings) -> None:
    """Follow a campaign until it ends or pauses, then show its report."""
    with client(asked, around) as api:
        found = api.get_campaign_report(asked.id)
        while found.state in OPEN:
            show.progress(_line(found))
            around.sleep(SECONDS)
            found = api.get_campaign_report(asked.id)
    show.progress("")
    show.as_json(found) if asked.json else _tell(found)


def _line(found: CampaignReport) -> str:
    counts = ", ".join(f"{count} {status}" for status, count in sorted(found.statuses.items()))
    return f"{found.state}: {sum(found.statuses.values())} of {found.recipients}  {counts}"


def _show(campaign: Campaign, asked: Namespace) -> None:
    if asked.json:
        show.as_json(campaign)
        return
    show.fields(
        [
            ("id", campaign.id),
            ("name", campaign.name),
            ("state", campaign.state),
            ("reason", campaign.reason),
            ("channel", campaign.way),
            ("purpose", campaign.purpose),
            ("topic", campaign.topic),
            ("approved", "yes" if campaign.approved else None),
            ("launched", campaign.launched_at and show.when(campaign.launched_at)),
            ("next run", campaign.next_run_at and show.when(campaign.next_run_at)),
        ]
    )


def _tell_estimate(found: CampaignEstimate) -> None:
    show.fields(
        [
            ("begins", found.begins_at and show.when(found.begins_at)),
            ("takes", found.takes),
            ("recipients", found.recipients),
            ("parts", found.parts),
            ("price", f"{found.price.amount} {found.price.currency}"),
            ("of unknown price", found.price.unpriced or None),
            ("at most", _at_most(found)),
        ]
    )
    rows = [
        [each.verdict, each.reason or "", each.rule or "", str(each.count)]
        for each in found.decisions
    ]
    show.table(("VERDICT", "REASON", "RULE", "COUNT"), rows)


def _at_most(found: CampaignEstimate) -> str | None:
    """What it may come to, if that is another price."""
    most = found.price_at_most
    if most is None or most.amount == found.price.amount:
        return None
    return f"{most.amount} {most.currency}, if all fall back to their last channel"


def _tell(found: CampaignReport) -> None:
    show.fields(
        [
            ("campaign", found.campaign_id),
            ("state", found.state),
            ("reason", found.reason),
            ("recipients", found.recipients),
            ("waiting", found.waiting or None),
            ("fell back", found.fell_back or None),
            ("cost", f"{found.cost.amount} {found.cost.currency}"),
            ("lost chunks", ", ".join(_lost(found))),
        ]
    )
    show.table(
        ("STATUS", "COUNT"),
        [[status, str(count)] for status, count in sorted(found.statuses.items())],
    )
    if len({str(each["channel"]) for each in found.channels}) > 1:
        show.table(
            ("CHANNEL", "STATUS", "COUNT"),
            [
                [str(each["channel"]), str(each["status"]), str(each["count"])]
                for each in found.channels
            ],
        )
    if found.reasons:
        show.table(
            ("STATUS", "REASON", "COUNT"),
            [
                [str(each["status"]), str(each["reason"]), str(each["count"])]
                for each in found.reasons
            ],
        )


def _lost(found: CampaignReport) -> list[str]:
    """What the database had lost of each run."""
    return [f"{run['id']} {name}" for run in found.runs for name in run.get("lost_chunks", ())]
