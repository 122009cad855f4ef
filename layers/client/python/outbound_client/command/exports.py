"""`outbound campaigns export`: every recipient of a run, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.client import OutboundClient
    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import CampaignExport

SECONDS = 2.0


def export(asked: Namespace, around: Surroundings) -> None:
    """Have a run exported, wait for it, and keep the file."""
    with client(asked, around) as api:
        found = api.export_campaign_report(asked.id, asked.run_id)
        while found.state == "running":
            show.progress(f"{found.rows} of {found.recipients} recipients")
            around.sleep(SECONDS)
            found = api.get_campaign_export(asked.id, found.run_id)
        show.progress("")
        if found.state == "withdrawn":
            raise Failure("Somebody who may be in it was erased just now. Export the run again.")
        if found.file is None:
            raise Failure(f"The export of {found.run_id} failed: {found.reason}.")
        _keep(found, Path(asked.to), api)
    show.as_json(found) if asked.json else _tell(found, asked.to)


def _keep(found: CampaignExport, path: Path, api: OutboundClient) -> None:
    """Write a file beside the one that is wanted first: what breaks off replaces nothing."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as into:
            api.download_campaign_export(found, into)
        part.replace(path)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)


def _tell(found: CampaignExport, name: str) -> None:
    show.fields(
        [
            ("run", found.run_id),
            ("recipients", found.rows),
            ("complete", "yes" if found.complete else "no: the run was open as it began"),
            ("file", name),
        ]
    )
