"""The operations: each checks what AWS checks and says what was accepted."""

from collections.abc import Callable
from typing import Any

from infra.local.carrier.operations import (
    account_email,
    account_lists,
    account_numbers,
    account_phone,
    account_texts,
    lookup,
)
from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.operations.end_user_messaging import (
    send_media_message,
    send_text_message,
    send_voice_message,
)
from infra.local.carrier.operations.ses import send_email
from infra.local.carrier.operations.ses_bulk import send_bulk_email
from infra.local.carrier.operations.sns import publish

OPERATIONS: dict[str, Callable[[dict[str, Any], Desk], Accepted]] = {
    "SendEmail": send_email,
    "SendBulkEmail": send_bulk_email,
    "SendTextMessage": send_text_message,
    "SendVoiceMessage": send_voice_message,
    "SendMediaMessage": send_media_message,
    "Publish": publish,
    "GetAccount": account_email.get_account,
    "GetEmailIdentity": account_email.get_email_identity,
    "GetConfigurationSet": account_email.get_configuration_set,
    "GetConfigurationSetEventDestinations": account_email.get_event_destinations,
    "PutAccountSuppressionAttributes": account_email.put_suppression,
    "PutSuppressedDestination": account_lists.put_suppressed,
    "DeleteSuppressedDestination": account_lists.delete_suppressed,
    "ListSuppressedDestinations": account_lists.list_suppressed,
    "PutOptedOutNumber": account_lists.put_opted_out,
    "DeleteOptedOutNumber": account_lists.delete_opted_out,
    "DescribeOptedOutNumbers": account_lists.list_opted_out,
    "GetSMSSandboxAccountStatus": account_texts.get_sandbox,
    "GetSMSAttributes": account_texts.get_attributes,
    "SetSMSAttributes": account_texts.set_attributes,
    "ListSubscriptionsByTopic": account_texts.list_subscriptions,
    "GetAccountSettings": account_texts.get_account_settings,
    "DescribeAccountAttributes": account_phone.account_attributes,
    "DescribeSpendLimits": account_phone.spend_limits,
    "SetTextMessageSpendLimitOverride": account_phone.set_text_limit,
    "SetMediaMessageSpendLimitOverride": account_phone.set_media_limit,
    "SetVoiceMessageSpendLimitOverride": account_phone.set_voice_limit,
    "DescribeKeywords": account_phone.keywords,
    "PutKeyword": account_phone.put_keyword,
    "UpdatePhoneNumber": account_phone.update_phone_number,
    "CreateOptOutList": account_lists.create_opt_out_list,
    "DescribePhoneNumbers": account_numbers.numbers,
    "DescribePools": account_numbers.pools,
    "DescribeRegistrations": account_numbers.registrations,
    "DescribeOptOutLists": account_numbers.opt_out_lists,
    "DescribeProtectConfigurations": account_numbers.protection,
    "DescribeConfigurationSets": account_numbers.configuration_sets,
    "CarrierLookup": lookup.look_up,
}

__all__ = ["OPERATIONS", "Accepted", "Desk"]
