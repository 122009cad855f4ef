"""The lists of addresses that the account sends nothing to."""

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from infra.local.carrier.account import Account, OptedOut, Phone
from tests.unit.carrier.account import call, email, text

NUMBER, EMAIL = "+14155550123", "jane.o'neil+news@example.com"
EARLIER = datetime(2026, 1, 1, tzinfo=UTC)


def code_of(refused):
    response = refused.value.response
    return response["Error"]["Code"], response.get("Reason") or response.get("ResourceType")


def test_an_address_is_listed_until_it_is_deleted(aws):
    aws.ses.put_suppressed_destination(EmailAddress=EMAIL, Reason="BOUNCE")
    aws.ses.put_suppressed_destination(EmailAddress=EMAIL, Reason="COMPLAINT")
    (listed,) = aws.ses.list_suppressed_destinations()["SuppressedDestinationSummaries"]
    assert (listed["EmailAddress"], listed["Reason"]) == (EMAIL, "COMPLAINT")
    aws.ses.delete_suppressed_destination(EmailAddress=EMAIL)
    assert aws.ses.list_suppressed_destinations()["SuppressedDestinationSummaries"] == []
    with pytest.raises(ClientError) as refused:
        aws.ses.delete_suppressed_destination(EmailAddress=EMAIL)
    assert code_of(refused) == ("NotFoundException", None)


def test_addresses_come_page_by_page_and_by_reason(aws):
    for number in range(5):
        reason = "COMPLAINT" if number == 3 else "BOUNCE"
        aws.ses.put_suppressed_destination(EmailAddress=f"{number}@example.com", Reason=reason)

    def page(**more):
        page = aws.ses.list_suppressed_destinations(PageSize=2, **more)
        found = page["SuppressedDestinationSummaries"]
        return [each["EmailAddress"][0] for each in found], page.get("NextToken")

    first, token = page()
    second, next_token = page(NextToken=token)
    assert (first, second, page(NextToken=next_token)) == (["0", "1"], ["2", "3"], (["4"], None))
    of_one = aws.ses.list_suppressed_destinations(Reasons=["COMPLAINT"])
    assert len(of_one["SuppressedDestinationSummaries"]) == 1


def test_mail_to_a_listed_address_bounces(aws):
    aws.ses.put_suppressed_destination(EmailAddress=EMAIL, Reason="BOUNCE")
    aws.ses.send_email(**email(EMAIL))
    aws.carrier.play_receipts()
    (item,) = aws.carrier.outbox.items()
    (played,) = aws.carrier.outbox.receipts(item.provider_id)
    assert played.body["bounce"]["bounceSubType"] == "Suppressed"


def test_a_number_is_listed_until_it_is_deleted(aws):
    first = aws.phone.put_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER)
    again = aws.phone.put_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER[1:])
    assert first["OptedOutTimestamp"] == again["OptedOutTimestamp"]
    listed = aws.phone.describe_opted_out_numbers(OptOutListName="Default")
    assert [each["OptedOutNumber"] for each in listed["OptedOutNumbers"]] == [NUMBER]
    for send, request in (
        (aws.phone.send_text_message, text),
        (aws.phone.send_voice_message, call),
    ):
        with pytest.raises(ClientError) as refused:
            send(**request(NUMBER))
        assert code_of(refused) == ("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT")

    aws.phone.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER)
    aws.phone.send_text_message(**text(NUMBER))
    with pytest.raises(ClientError) as refused:
        aws.phone.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER)
    assert code_of(refused) == ("ResourceNotFoundException", "opted-out-number")


def test_a_number_is_opted_in_once_in_thirty_days(aws):
    for _ in range(2):
        aws.phone.put_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER)
        if not aws.carrier.ledger.account.phone.opted_in:
            aws.phone.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER)
    with pytest.raises(ClientError) as refused:
        aws.phone.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER)
    assert code_of(refused)[0] == "ConflictException"


def test_who_opted_out_by_a_text_cannot_be_opted_in(aws):
    numbers = {"Default": {NUMBER: OptedOut(at=EARLIER, by_its_owner=True)}}
    aws.carrier.ledger.change(lambda _: Account(phone=Phone(opted_out=numbers)))
    with pytest.raises(ClientError) as refused:
        aws.phone.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=NUMBER)
    assert code_of(refused) == ("ValidationException", "PHONE_NUMBER_CANNOT_BE_OPTED_IN")


def test_a_list_that_is_not_there_is_not_found(aws):
    for operation in ("put_opted_out_number", "delete_opted_out_number"):
        with pytest.raises(ClientError) as refused:
            getattr(aws.phone, operation)(OptOutListName="Gone", OptedOutNumber=NUMBER)
        assert code_of(refused) == ("ResourceNotFoundException", "opt-out-list")


def test_numbers_come_page_by_page(aws):
    for number in range(5):
        name = f"+1415555010{number}"
        aws.phone.put_opted_out_number(OptOutListName="Default", OptedOutNumber=name)
    first = aws.phone.describe_opted_out_numbers(OptOutListName="Default", MaxResults=3)
    rest = aws.phone.describe_opted_out_numbers(
        OptOutListName="Default", MaxResults=3, NextToken=first["NextToken"]
    )
    assert (len(first["OptedOutNumbers"]), len(rest["OptedOutNumbers"])) == (3, 2)
    assert "NextToken" not in rest
