"""What the carrier says of its account; botocore reads it, so it has the form that AWS gives it."""

import json

import pytest
from botocore.exceptions import ClientError
from dns import message, rcode
from dns.message import make_query

from infra.local.carrier import Answer, Rule, Settings
from infra.local.carrier.account import Account, Email, Number, Phone, Platform, Texts, txt_records
from infra.local.carrier.dns import answer
from infra.local.carrier.hook import Hook
from infra.local.carrier.routes import answer_page
from infra.local.carrier.settings import Topics
from infra.local.carrier.transport import Request
from tests.unit.carrier.account import SETTINGS, make_client

TOPICS = Topics(
    email="arn:aws:sns:us-east-1:000000000000:email",
    phone="arn:aws:sns:us-east-1:000000000000:phone",
)


@pytest.fixture
def whole(aws):
    """All that the command asks of SNS and Lambda goes to the carrier, as it does over HTTP."""
    aws.carrier.settings = SETTINGS.model_copy(update={"topics": TOPICS})
    clients = {name: make_client(name, None) for name in ("sns", "lambda")}
    for client in clients.values():
        client.meta.events.register("before-send", Hook(aws.carrier))
    yield clients
    for client in clients.values():
        client.close()


def become(aws, **parts):
    aws.carrier.ledger.change(lambda _: Account(**parts))


def test_ses_describes_the_account(aws):
    become(aws, email=Email(production_access=False, review="PENDING", sends_per_second=1))

    told = aws.ses.get_account()

    assert told["ProductionAccessEnabled"] is False
    assert told["SendQuota"]["MaxSendRate"] == 1
    assert told["Details"]["ReviewDetails"]["Status"] == "PENDING"


def test_ses_knows_its_identities_by_address_and_by_domain(aws):
    assert aws.ses.get_email_identity(EmailIdentity="Example.com")["VerifiedForSendingStatus"]
    address = aws.ses.get_email_identity(EmailIdentity="only@elsewhere.test")
    assert address["IdentityType"] == "EMAIL_ADDRESS"
    with pytest.raises(ClientError) as unknown:
        aws.ses.get_email_identity(EmailIdentity="other.test")
    assert unknown.value.response["Error"]["Code"] == "NotFoundException"


def test_ses_says_where_events_go(aws, whole):
    found = aws.ses.get_configuration_set_event_destinations(ConfigurationSetName="outbound")

    (destination,) = found["EventDestinations"]
    assert destination["SnsDestination"]["TopicArn"] == TOPICS.email
    assert aws.ses.get_configuration_set(ConfigurationSetName="outbound")["SendingOptions"]
    become(aws, email=Email(events=None))
    with pytest.raises(ClientError):
        aws.ses.get_configuration_set(ConfigurationSetName="outbound")


def test_what_is_set_is_remembered(aws, whole):
    aws.ses.put_account_suppression_attributes(SuppressedReasons=["BOUNCE"])
    whole["sns"].set_sms_attributes(attributes={"DefaultSMSType": "Transactional"})
    whole["sns"].set_sms_attributes(attributes={"MonthlySpendLimit": "50"})
    aws.phone.set_voice_message_spend_limit_override(MonthlyLimit=20)
    (_, texter) = aws.phone.describe_phone_numbers()["PhoneNumbers"]
    aws.phone.put_keyword(
        OriginationIdentity=texter["PhoneNumberId"],
        Keyword="revoke",
        KeywordMessage="No more.",
        KeywordAction="OPT_OUT",
    )

    suppressed = aws.ses.get_account()["SuppressionAttributes"]["SuppressedReasons"]
    assert suppressed == ["BOUNCE"]
    assert whole["sns"].get_sms_attributes()["attributes"] == {
        "DefaultSMSType": "Transactional",
        "MonthlySpendLimit": "50",
    }
    limits = {one["Name"]: one for one in aws.phone.describe_spend_limits()["SpendLimits"]}
    assert limits["VOICE_MESSAGE_MONTHLY_SPEND_LIMIT"]["EnforcedLimit"] == 20
    found = aws.phone.describe_keywords(OriginationIdentity=texter["PhoneNumberArn"])["Keywords"]
    assert "REVOKE" in {one["Keyword"] for one in found}


@pytest.mark.parametrize(
    ("operation", "parameters", "code"),
    [
        (
            "set_text_message_spend_limit_override",
            {"MonthlyLimit": 101},
            "ValidationException",
        ),
        ("describe_keywords", {"OriginationIdentity": "phone-9"}, "ResourceNotFoundException"),
    ],
)
def test_what_aws_does_not_allow_is_refused(aws, operation, parameters, code):
    with pytest.raises(ClientError) as refused:
        getattr(aws.phone, operation)(**parameters)
    assert refused.value.response["Error"]["Code"] == code


@pytest.mark.parametrize("attributes", [{"MonthlySpendLimit": "101"}, {"Unknown": "1"}])
def test_sns_refuses_attributes_that_are_wrong(whole, attributes):
    with pytest.raises(ClientError) as refused:
        whole["sns"].set_sms_attributes(attributes=attributes)
    assert refused.value.response["Error"]["Code"] == "InvalidParameter"


@pytest.mark.parametrize(
    ("alarms", "arns"),
    [("confirmed", ["arn:t:1"]), ("pending", ["PendingConfirmation"]), ("nobody", [])],
)
def test_sns_and_lambda_describe_what_stands_beside(aws, whole, alarms, arns):
    become(aws, platform=Platform(concurrency=10, alarms=alarms), texts=Texts(sandbox=True))

    found = whole["sns"].list_subscriptions_by_topic(TopicArn="arn:t")["Subscriptions"]
    assert [one["SubscriptionArn"] for one in found] == arns
    assert whole["sns"].get_sms_sandbox_account_status()["IsInSandbox"] is True
    assert whole["lambda"].get_account_settings()["AccountLimit"]["ConcurrentExecutions"] == 10


def test_end_user_messaging_describes_all_it_has(aws, whole):
    number = Number(
        id="phone-1", number="+1", kind="TOLL_FREE", capabilities=("SMS",), pool="pool-1"
    )
    phone = Phone(numbers=(number,), pools={"pool-1": "ACTIVE"}, registrations={"r": "CREATED"})
    become(aws, phone=phone)

    assert aws.phone.describe_account_attributes()["AccountAttributes"][0]["Value"] == "PRODUCTION"
    assert aws.phone.describe_phone_numbers()["PhoneNumbers"][0]["PoolId"] == "pool-1"
    assert aws.phone.describe_pools()["Pools"][0]["Status"] == "ACTIVE"
    found = aws.phone.describe_registrations()["Registrations"]
    assert found[0]["RegistrationStatus"] == "CREATED"
    assert aws.phone.describe_opt_out_lists()["OptOutLists"][0]["OptOutListName"] == "Default"
    assert aws.phone.describe_protect_configurations()["ProtectConfigurations"]
    become(aws, phone=phone.model_copy(update={"protected": False}))
    assert "ProtectConfigurations" not in aws.phone.describe_protect_configurations()
    found = aws.phone.describe_configuration_sets(ConfigurationSetNames=["outbound", "other"])
    (one,) = found["ConfigurationSets"]
    assert one["EventDestinations"][0]["SnsDestination"]["TopicArn"] == TOPICS.phone


def test_a_rule_refuses_a_question_and_no_sending_rule_does(aws):
    error = Answer(error="AccessDeniedException")
    aws.carrier.rules.replace([Rule(channel="sms", answer=Answer(error="Throttled"))])
    assert aws.phone.describe_pools()["Pools"] == []
    aws.carrier.rules.replace([Rule(operation="DescribePools", answer=error)])
    with pytest.raises(ClientError) as refused:
        aws.phone.describe_pools()
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"


def test_another_account_can_be_put(aws):
    body = json.dumps({"email": {"production_access": False}}).encode()

    put = answer_page(Request("PUT", "/_carrier/account", {}, body), "", aws.carrier)

    assert put is not None
    assert put.status == 200
    assert aws.carrier.ledger.account == Account(email=Email(production_access=False))
    wrong = answer_page(Request("PUT", "/_carrier/account", {}, b'{"x": 1}'), "", aws.carrier)
    assert wrong is not None
    assert wrong.status == 422


def test_the_dns_of_the_domains_is_right_unless_it_is_told_otherwise():
    settings = Settings(identities=("example.com", "one@example.org"))

    assert set(txt_records(Account(), settings)) == {"_dmarc.example.com", "bounce.example.com"}
    assert txt_records(Account(texts_of={}), settings) == {}


@pytest.mark.parametrize(
    ("name", "kind", "code", "texts"),
    [
        ("_dmarc.example.com", "TXT", rcode.NOERROR, ['"v=DMARC1; p=none"']),
        ("_DMARC.Example.com", "TXT", rcode.NOERROR, ['"v=DMARC1; p=none"']),
        ("_dmarc.example.com", "A", rcode.NOERROR, []),
        ("other.example.com", "TXT", rcode.NXDOMAIN, []),
    ],
)
def test_names_are_answered_as_the_dns_does(name, kind, code, texts):
    records = {"_dmarc.example.com": ("v=DMARC1; p=none",)}

    wire = answer(make_query(name, kind).to_wire(), records)

    assert wire is not None
    told = message.from_wire(wire)
    assert told.rcode() == code
    assert [str(record) for found in told.answer for record in found] == texts


@pytest.mark.parametrize("query", [b"", b"x" * 5, b"\0" * 12])
def test_what_is_no_query_gets_no_answer(query):
    assert answer(query, {}) is None
