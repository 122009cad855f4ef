"""Each event, type and saying that AWS documents: the status, the suppression, the mark."""

from __future__ import annotations

from decimal import Decimal

import botocore.session
import pytest

from outbound.adapters.receipts import phone, sns_log
from outbound.adapters.receipts.email import BOUNCES, ON_THE_WAY, read_email_event
from outbound.adapters.receipts.phone import read_phone_event
from outbound.adapters.receipts.sns_log import read_sns_log
from outbound.domain.instant import rfc3339
from outbound.domain.message import Status
from outbound.domain.price import CarrierFees, Price
from outbound.domain.suppression import Reason
from tests.unit.receipts.events import OTHERS, REF, bounce, email_event, log_line, phone_event

DELIVERED, UNDELIVERED, FAILED = Status.DELIVERED, Status.UNDELIVERED, Status.FAILED
BOUNCED = Status.BOUNCED


def kinds_of(service, shape):
    model = botocore.session.get_session().get_service_model(service)
    return set(model.shape_for(shape).enum)  # type: ignore[attr-defined]


BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/145.0"
EMAIL = [
    # event, its key, its fields, status, suppress, mark, code
    ("Delivery", "delivery", {}, DELIVERED, None, None, None),
    ("Reject", "reject", {"reason": "Bad content"}, FAILED, None, None, "Reject/Bad content"),
    ("Rendering Failure", "failure", {"errorMessage": "x"}, FAILED, None, None, "RenderingFailure"),
    ("Open", "open", {"userAgent": BROWSER}, None, None, "opened", None),
    ("Click", "click", {"userAgent": BROWSER}, None, None, "clicked", None),
]
FEEDBACK = [
    ("abuse", True),
    ("fraud", True),
    ("virus", True),
    ("other", True),
    (None, True),
    ("not-spam", False),
    ("auth-failure", False),
]


@pytest.mark.parametrize(("kind", "key", "detail", "status", "suppress", "mark", "code"), EMAIL)
def test_an_event_of_ses_is_read(kind, key, detail, status, suppress, mark, code):
    receipt = read_email_event(email_event(kind, key, **detail))
    assert receipt is not None
    assert (receipt.message, receipt.provider, receipt.provider_id) == (REF, "ses", "0100")
    assert rfc3339(receipt.at) == "2026-11-23T16:41:00.456Z"
    assert (receipt.status, receipt.suppress, receipt.mark) == (status, suppress, mark)
    assert receipt.code == code


def test_every_event_of_ses_is_known():
    told = {"Bounce", "Complaint", *ON_THE_WAY, *(kind for kind, *_ in EMAIL)}
    assert {kind.replace(" ", "").upper() for kind in told} == {
        kind.replace("_", "") for kind in kinds_of("sesv2", "EventType")
    }


@pytest.mark.parametrize(
    ("kind", "agent"),
    [
        ("Open", "Mozilla/5.0"),
        ("Open", "Mozilla/5.0 (Windows NT 5.1) Firefox/11.0 (via ggpht.com GoogleImageProxy)"),
        ("Click", "Barracuda Sentinel (EE)"),
        ("Click", None),
    ],
)
def test_what_a_proxy_opens_or_a_scanner_follows_nobody_has_seen(kind, agent, counted):
    assert read_email_event(email_event(kind, kind.lower(), userAgent=agent)) is None
    assert counted() == []


@pytest.mark.parametrize("kind", sorted(ON_THE_WAY))
def test_a_step_on_the_way_of_an_email_says_nothing(kind, counted):
    assert read_email_event(email_event(kind, kind.lower())) is None
    assert counted() == []


@pytest.mark.parametrize(
    ("subtypes", "kind", "status", "suppress"),
    [
        (("General", "NoEmail", "Suppressed"), "Permanent", BOUNCED, Reason.BOUNCED),
        (("OnAccountSuppressionList",), "Permanent", BOUNCED, Reason.BOUNCED),
        (("UnsubscribedRecipient",), "Permanent", BOUNCED, Reason.OPTED_OUT),
        (("General", "MailboxFull", "MessageTooLarge"), "Transient", UNDELIVERED, None),
        (("ContentRejected", "AttachmentRejected"), "Transient", UNDELIVERED, None),
        (("CustomTimeoutExceeded",), "Transient", UNDELIVERED, None),
        (("Undetermined",), "Undetermined", UNDELIVERED, None),
    ],
)
def test_a_bounce_suppresses_only_what_will_never_work(subtypes, kind, status, suppress, counted):
    for subtype in subtypes:
        receipt = read_email_event(bounce(kind, subtype))
        assert receipt is not None
        assert (receipt.status, receipt.suppress) == (status, suppress)
        assert receipt.code == f"{kind}/{subtype}"
    assert counted() == []


def test_every_type_of_bounce_is_known():
    types = {code.partition("/")[0].upper() for code in BOUNCES}
    assert types == kinds_of("sesv2", "BounceType")


@pytest.mark.parametrize(
    ("kind", "status", "suppress"),
    [
        ("Permanent", BOUNCED, Reason.BOUNCED),
        ("Transient", UNDELIVERED, None),
        ("Undetermined", UNDELIVERED, None),
        ("NeverHeardOf", UNDELIVERED, None),
    ],
)
def test_an_unknown_subtype_counts_as_its_type(kind, status, suppress, counted):
    receipt = read_email_event(bounce(kind, "NeverHeardOf"))
    assert receipt is not None
    assert (receipt.status, receipt.suppress) == (status, suppress)
    assert counted() == ["UnknownReceipts"]


@pytest.mark.parametrize(("kind", "complains"), FEEDBACK)
def test_a_complaint_suppresses_and_other_feedback_does_not(kind, complains, counted):
    receipt = read_email_event(email_event("Complaint", "complaint", complaintFeedbackType=kind))
    assert receipt is not None
    wanted = (None, Reason.COMPLAINED, "complained") if complains else (None, None, None)
    assert (receipt.status, receipt.suppress, receipt.mark) == wanted
    assert counted() == []


def test_an_unknown_complaint_is_taken_as_one(counted):
    event = email_event("Complaint", "complaint", complaintFeedbackType="ada@example.com called")
    receipt = read_email_event(event)
    assert receipt is not None
    assert (receipt.suppress, receipt.code) == (Reason.COMPLAINED, "Complaint/… called")
    assert counted() == ["UnknownReceipts"]


def test_an_earlier_complaint_keeps_the_message_from_being_sent():
    detail = {"complaintSubType": "OnAccountSuppressionList", "complaintFeedbackType": None}
    receipt = read_email_event(email_event("Complaint", "complaint", **detail))
    assert receipt is not None
    assert (receipt.status, receipt.suppress) == (UNDELIVERED, Reason.COMPLAINED)
    assert receipt.mark is None


PHONE = {
    DELIVERED: "TEXT_DELIVERED TEXT_SUCCESSFUL MEDIA_DELIVERED MEDIA_SUCCESSFUL VOICE_COMPLETED",
    FAILED: "TEXT_INVALID_MESSAGE TEXT_PROTECT_BLOCKED MEDIA_INVALID_MESSAGE"
    " MEDIA_FILE_INACCESSIBLE MEDIA_FILE_TYPE_UNSUPPORTED MEDIA_FILE_SIZE_EXCEEDED",
    UNDELIVERED: "TEXT_INVALID TEXT_UNREACHABLE TEXT_CARRIER_UNREACHABLE TEXT_BLOCKED"
    " TEXT_CARRIER_BLOCKED TEXT_SPAM TEXT_UNKNOWN TEXT_TTL_EXPIRED"
    " MEDIA_INVALID MEDIA_UNREACHABLE MEDIA_CARRIER_UNREACHABLE MEDIA_BLOCKED"
    " MEDIA_CARRIER_BLOCKED MEDIA_SPAM MEDIA_UNKNOWN MEDIA_TTL_EXPIRED"
    " VOICE_BUSY VOICE_NO_ANSWER VOICE_FAILED VOICE_TTL_EXPIRED",
}
OURS = ("TEXT_", "MEDIA_", "VOICE_")


@pytest.mark.parametrize(
    ("kind", "status"), [(kind, status) for status, all_ in PHONE.items() for kind in all_.split()]
)
def test_an_event_of_end_user_messaging_is_read(kind, status):
    receipt = read_phone_event(phone_event(kind))
    assert receipt is not None
    assert (receipt.message, receipt.provider_id) == (REF, "eum-1")
    assert (receipt.status, receipt.code, receipt.mark) == (status, kind, None)
    invalid = kind in ("TEXT_INVALID", "MEDIA_INVALID")
    assert receipt.suppress is (Reason.INVALID if invalid else None)


def test_every_event_of_end_user_messaging_is_known():
    kinds = kinds_of("pinpoint-sms-voice-v2", "EventType")
    ours = {kind for kind in kinds if kind.startswith(OURS) and not kind.endswith("_ALL")}
    assert ours == set(phone.STATUSES) | phone.ON_THE_WAY
    assert set(phone.STATUSES) == {kind for all_ in PHONE.values() for kind in all_.split()}


@pytest.mark.parametrize("kind", sorted(phone.ON_THE_WAY))
def test_a_step_on_the_way_of_a_text_or_call_says_nothing(kind, counted):
    assert read_phone_event(phone_event(kind, isFinal=False)) is None
    assert counted() == []


def test_what_is_not_final_waits_for_what_is():
    assert read_phone_event(phone_event("TEXT_SUCCESSFUL", isFinal=False)) is None


LOG = {
    UNDELIVERED: [
        "Blocked as spam by phone carrier",
        "Destination is blacklisted",
        "Destination is on a blocked list",
        "Invalid phone number",
        "Phone carrier has blocked this message",
        "Phone carrier is currently unreachable/unavailable",
        "Phone has blocked SMS",
        "Phone is blacklisted",
        "Phone is on a blocked list",
        "Phone is currently unreachable/unavailable",
        "Phone number is opted out",
        "Unknown error attempting to reach phone",
    ],
    FAILED: ["Message body is invalid", "This delivery would exceed max price"],
}


@pytest.mark.parametrize(
    ("answer", "status"), [(answer, status) for status, all_ in LOG.items() for answer in all_]
)
def test_a_failure_in_the_log_of_sns_is_read(answer, status, counted):
    receipt = read_sns_log(log_line(answer))
    assert (receipt.status, receipt.code, receipt.provider_id) == (status, answer, "sns-1")
    assert rfc3339(receipt.at) == "2026-11-23T16:40:00.722Z"
    reasons = {
        "Invalid phone number": Reason.INVALID,
        "Phone number is opted out": Reason.OPTED_OUT,
    }
    assert receipt.suppress is reasons.get(answer)
    assert counted() == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("No quota left for account", "No quota left for account"),
        (
            "Your account requires additional review prior to being able to send SMS messages."
            " Please create a support ticket.",
            "Your account requires additional review",
        ),
    ],
)
def test_what_the_account_may_not_send_fails_and_is_counted(answer, code, counted):
    receipt = read_sns_log(log_line(answer))
    assert (receipt.status, receipt.code, receipt.suppress) == (FAILED, code, None)
    assert counted() == ["AccountRefused"]


def test_every_row_of_the_log_is_held():
    told = {answer for all_ in LOG.values() for answer in all_}
    assert set(sns_log.STATUSES) == told | set(sns_log.OF_THE_ACCOUNT)


def test_a_success_in_the_log_is_delivered_whatever_is_said():
    receipt = read_sns_log(log_line("Message has been accepted by phone", "SUCCESS"))
    assert (receipt.status, receipt.suppress) == (DELIVERED, None)


def test_an_unknown_failure_in_the_log_is_of_this_message_alone(counted):
    receipt = read_sns_log(log_line("+14155550123 is on the moon"))
    assert (receipt.status, receipt.suppress) == (UNDELIVERED, None)
    assert receipt.code == "… is on the moon"
    assert counted() == ["UnknownReceipts"]


@pytest.mark.parametrize(
    ("read", "event"),
    [
        (read_email_event, email_event("NeverHeardOf")),
        (read_phone_event, phone_event("TEXT_NEVER_HEARD_OF")),
        (read_phone_event, phone_event("RCS_READ")),
    ],
)
def test_an_unknown_event_of_ours_is_counted_and_says_nothing(read, event, counted):
    assert read(event) is None
    assert counted() == ["UnknownReceipts"]


@pytest.mark.parametrize(
    ("read", "event"),
    [
        (read_email_event, email_event("NeverHeardOf", tags=OTHERS)),
        (read_email_event, {"notificationType": "Bounce", "mail": {"messageId": "0100"}}),
        (read_phone_event, phone_event("TEXT_NEVER_HEARD_OF", context=OTHERS)),
        (read_phone_event, phone_event("TEXT_DELIVERED", context=None)),
    ],
)
def test_what_others_sent_is_not_even_counted(read, event, counted):
    assert read(event) is None
    assert counted() == []


CHARGED = {"totalMessagePrice": 0.00581, "totalCarrierFee": 0.003}


def test_what_a_text_has_cost_is_read_with_its_carriers_fee():
    receipt = read_phone_event(phone_event("TEXT_DELIVERED", **CHARGED))
    assert receipt is not None
    charged = Price(Decimal("0.00881"), CarrierFees.INCLUDED, estimated=False)
    assert receipt.price == charged


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"totalCarrierFee": None},
        {"totalMessagePrice": "0.00581"},
        {"totalMessagePrice": True},
        {"totalMessagePrice": -1},
        {"totalMessagePrice": float("nan")},
        {"totalMessagePrice": float("inf")},
    ],
)
def test_what_is_no_price_is_left_out(said):
    event = phone_event("TEXT_DELIVERED", **(CHARGED | said if said else {}))
    receipt = read_phone_event(event)
    assert receipt is not None
    assert (receipt.status, receipt.price) == (DELIVERED, None)


def test_what_never_left_has_cost_nothing_that_is_known():
    receipt = read_phone_event(phone_event("TEXT_PROTECT_BLOCKED", **CHARGED))
    assert receipt is not None
    assert receipt.price is None
