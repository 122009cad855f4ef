"""The operations on campaigns."""

from __future__ import annotations

from outbound.adapters.api.campaign_models import CampaignModel, CampaignPatchModel
from outbound.adapters.api.contract import campaign_answers as answers
from outbound.adapters.api.contract.campaign_estimate_answers import CampaignEstimate
from outbound.adapters.api.contract.campaign_examples import (
    CAMPAIGN,
    COMPARED,
    ESTIMATE,
    EXPORT,
    EXPORTED,
    LAUNCHED,
    REPORT,
    ROUTED,
    WANTED,
)
from outbound.adapters.api.contract.campaign_report_answers import CampaignExport, CampaignReport
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import (
    CURSOR,
    IDEMPOTENCY_KEY,
    LIMIT,
    LOCATION,
    PAGING_PROBLEMS,
    REPLAYED,
    schema_of,
)
from outbound.adapters.api.contract.pattern import CampaignId, RunId
from outbound.domain.recipient_row import COLUMNS
from outbound.domain.words import Scope

TAG = "Campaigns"
PATH = Parameter("id", "path", "The campaign.", schema_of(CampaignId), CAMPAIGN["id"])
RUN = Parameter("run_id", "query", "Which run; the newest, if not given.", schema_of(RunId))
SETTLED = (
    "unknown_template",
    "unknown_segment",
    "segment_too_deep",
    "wrong_purpose",
    "channel_without_content",
    "sender_not_allowed",
    "unknown_coupon_pool",
    "purpose_not_allowed",
    "reserved_name",
    "time_in_the_past",
    "time_too_far",
    "invalid_schedule",
)
SAID = {
    "name": "For you alone.",
    "channel": "How it reaches people; or else `route`.",
    "route": "By which channels, one after another, until one has reached them.",
    "purpose": "Why it is sent; its template has the same.",
    "topic": "What it is about.",
    "template": "What it says, to all; or else `variants`. The version stays the one of now.",
    "variants": "What is compared; who gets which is drawn from the contact's id, by weight.",
    "hold_out": "The share of recipients who get nothing, to compare with.",
    "audience": "Who it is for: a segment, as it is when a run begins, or contacts by id.",
    "exclude": "Who it isn't for, though in the audience.",
    "data": "What bodies find, the same for all; beside it `contact`, each recipient's own.",
    "coupon_pool": "Where each message's `coupon` comes from.",
    "schedule": "When; if not given, as soon as it is launched.",
    "expires_in": "How long each message is tried from its turn on: an ISO 8601 duration from PT5M "
    "to P30D; P3D, if not given.",
    "pace": "How quickly; if not given, as quickly as the channel's rate allows.",
    "budget": "What all its runs together may cost by our estimates. Nothing leaves beyond it.",
    "quiet_hours": "Whether who may not be written to at an hour waits (`defer`, if not given) or "
    "is left out (`skip`).",
    "canary": "Try it on a few first. If bounces or complaints are many, it pauses by itself.",
    "needs_approval": "Whether another key must approve it before it is launched.",
}
WORDS: dict[str, dict[str, str]] = {
    "CampaignRequest": SAID,
    "CampaignPatchRequest": {**SAID, "template": "What it says, to all."},
    "CampaignTemplate": {
        "id": "The template.",
        "version": "The version that is published now, if not given.",
    },
    "CampaignRoute": {
        "mode": "One channel after another. For all at once, make a campaign for each.",
        "channels": "In the order in which they are tried; those that a contact prefers come "
        "before the others, and those that they forbid, or have no address for, are left out. "
        "The template must have something for each.",
        "after": "From PT1M to P7D; five minutes, if not given. How long a message may take to be "
        "delivered, from when it was handed over. Then, or if it has failed by then, the next "
        "channel's turn comes.",
    },
    "Variant": {
        "name": "Names it in reports.",
        "weight": "How many get it, beside the others.",
        "template": "What it says.",
    },
    "Audience": {
        "segment": "A segment, as it is when a run begins.",
        "contact_ids": "Contacts, by your ids. Who isn't there any more is left out.",
    },
    "Schedule": {
        "at": "An instant.",
        "local": "A time on the recipient's clock, or with `rule` that in `timezone`.",
        "timezone": "Of recipients whose zone isn't known, or that of `rule`; IANA.",
        "rule": "An RRULE of RFC 5545: each time makes a run of its own.",
        "until": "When the last run may begin.",
    },
    "Pace": {
        "per_minute": "So many recipients in a minute, at most.",
        "over": "All, spread evenly: an ISO 8601 duration from PT10M to P7D.",
    },
    "Canary": {
        "share": "Of all recipients.",
        "wait": "How long to look at what comes back, from PT10M to P7D; if not given, until the "
        "campaign is resumed.",
    },
    "Budget": {"amount": "A decimal number.", "currency": "ISO 4217."},
}
STEPPED = ("unknown_campaign", "wrong_campaign_state", "campaign_changed")


def _step(name: str, summary: str, description: str, *problems: str) -> Operation:
    return Operation(
        id=f"{name}Campaign",
        method="POST",
        path=f"/v1/campaigns/{{id}}/{name}",
        tag=TAG,
        summary=summary,
        description=f"{description} Doing it again changes nothing.",
        scope=Scope.CAMPAIGNS_LAUNCH,
        parameters=(PATH,),
        answers=(Answer(200, "The campaign.", answers.Campaign, {"A campaign": LAUNCHED}),),
        problems=(*STEPPED, *problems),
    )


OPERATIONS = (
    Operation(
        id="createCampaign",
        method="POST",
        path="/v1/campaigns",
        tag=TAG,
        summary="Make a campaign",
        description="A draft: nothing is sent before it is launched.",
        scope=Scope.CAMPAIGNS_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(
            CampaignModel,
            {"An offer": WANTED, "Two subjects compared": COMPARED, "Texts, then emails": ROUTED},
        ),
        answers=(
            Answer(
                201,
                "The draft.",
                answers.Campaign,
                {"A draft": CAMPAIGN},
                {**LOCATION, **REPLAYED},
                {
                    "getCampaign": {"id": "$response.body#/id"},
                    "patchCampaign": {"id": "$response.body#/id"},
                    "estimateCampaign": {"id": "$response.body#/id"},
                    "launchCampaign": {"id": "$response.body#/id"},
                    "pauseCampaign": {"id": "$response.body#/id"},
                    "resumeCampaign": {"id": "$response.body#/id"},
                    "cancelCampaign": {"id": "$response.body#/id"},
                    "getCampaignReport": {"id": "$response.body#/id"},
                    "exportCampaignReport": {"id": "$response.body#/id"},
                    "getCampaignExport": {"id": "$response.body#/id"},
                },
            ),
        ),
        problems=SETTLED,
    ),
    Operation(
        id="listCampaigns",
        method="GET",
        path="/v1/campaigns",
        tag=TAG,
        summary="List campaigns",
        description="Newest first.",
        scope=Scope.CAMPAIGNS_READ,
        parameters=(LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "Some campaigns.",
                answers.CampaignList,
                {"One": {"items": [CAMPAIGN], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="getCampaign",
        method="GET",
        path="/v1/campaigns/{id}",
        tag=TAG,
        summary="Look at a campaign",
        description="As it is now.",
        scope=Scope.CAMPAIGNS_READ,
        parameters=(PATH,),
        answers=(Answer(200, "The campaign.", answers.Campaign, {"A draft": CAMPAIGN}),),
        problems=("unknown_campaign",),
    ),
    Operation(
        id="patchCampaign",
        method="PATCH",
        path="/v1/campaigns/{id}",
        tag=TAG,
        summary="Change a draft",
        description="A merge patch (RFC 7396) of its fields: what is given replaces, null takes "
        "away. An approval ends.",
        scope=Scope.CAMPAIGNS_WRITE,
        parameters=(PATH,),
        body=Body(CampaignPatchModel, {"Later": {"schedule": WANTED["schedule"]}}),
        answers=(Answer(200, "The draft.", answers.Campaign, {"A draft": CAMPAIGN}),),
        problems=(*SETTLED, *STEPPED),
    ),
    Operation(
        id="estimateCampaign",
        method="POST",
        path="/v1/campaigns/{id}/estimate",
        tag=TAG,
        summary="Estimate a campaign",
        description="Asks the gate about each recipient as of their turn, and renders what they "
        "would read, for eight seconds at most; ask again with its `next_cursor` to look at the "
        "others. Whom the budget isn't enough for is among the blocked. Nothing is stored or sent.",
        scope=Scope.CAMPAIGNS_READ,
        parameters=(PATH, CURSOR),
        answers=(
            Answer(
                200,
                "The estimate.",
                CampaignEstimate,
                {"An offer": ESTIMATE},
            ),
        ),
        problems=("unknown_campaign", "unknown_segment", "segment_too_deep", "invalid_cursor"),
    ),
    _step(
        "approve",
        "Approve a draft",
        "With another key than the one that made it. The approval is for what the draft says now.",
        "approval_by_another_key",
        "purpose_not_allowed",
    ),
    _step(
        "launch",
        "Launch a campaign",
        "It begins when its schedule says so. Its templates are looked at again, by the rules and "
        "settings of now: what breaks one keeps it a draft.",
        "broken_rule",
        "not_approved",
        *SETTLED,
    ),
    _step(
        "pause",
        "Pause a campaign",
        "What hasn't left is held back, within 10 seconds.",
    ),
    _step(
        "resume",
        "Resume a campaign",
        "It goes on where it was; nobody is left out or written to twice. After a canary, the rest "
        "follows.",
        "purpose_not_allowed",
    ),
    _step(
        "cancel",
        "Cancel a campaign",
        "What hasn't left never will, from 10 seconds on; everybody it was meant for is accounted "
        "for.",
    ),
    Operation(
        id="getCampaignReport",
        method="GET",
        path="/v1/campaigns/{id}/report",
        tag=TAG,
        summary="Read what has become of a campaign",
        description="Each recipient counts once. Counts follow what happens within seconds; who "
        "is which is found by listing the campaign's messages. Of a campaign that repeats, the "
        "last 20 runs.",
        scope=Scope.CAMPAIGNS_READ,
        parameters=(PATH,),
        answers=(Answer(200, "The report.", CampaignReport, {"Running": REPORT}),),
        problems=("unknown_campaign",),
    ),
    Operation(
        id="exportCampaignReport",
        method="POST",
        path="/v1/campaigns/{id}/report/export",
        tag=TAG,
        summary="List every recipient of a run in a file",
        description="CSV with a row for each: "
        + ", ".join(f"`{name}`" for name in COLUMNS)
        + ". No address is in it. Who has no message as yet is `waiting`; who has none any more, "
        "its retention being over, is `missing`. A cell that a spreadsheet would take for a "
        "formula begins with an apostrophe. It is written in the background; asking again while "
        "it is changes nothing, and afterwards begins another.",
        scope=Scope.CAMPAIGNS_READ,
        parameters=(PATH, RUN),
        answers=(
            Answer(
                202,
                "The export, under way.",
                CampaignExport,
                {"Begun": EXPORT},
            ),
        ),
        problems=("unknown_campaign", "unknown_run", "invalid_parameter", "export_busy"),
    ),
    Operation(
        id="getCampaignExport",
        method="GET",
        path="/v1/campaigns/{id}/report/export",
        tag=TAG,
        summary="Look at the export of a run",
        description="How far it is, and where its file lies once it is finished. It is kept for 7 "
        "days.",
        scope=Scope.CAMPAIGNS_READ,
        parameters=(PATH, RUN),
        answers=(Answer(200, "The export.", CampaignExport, {"Finished": EXPORTED}),),
        problems=("unknown_campaign", "unknown_run", "unknown_export", "invalid_parameter"),
    ),
)
