"""What each function may do with data and files, and through which provider it sends."""

FUNCTIONS = (
    "IntakeRole",
    "ManageRole",
    "PagesRole",
    "DeliverSmsRole",
    "DeliverEmailRole",
    "DeliverVoiceRole",
    "FeedbackFunctionRole",
    "EventsFunctionRole",
    "WebhooksFunctionRole",
    "InboundFunctionRole",
    "ScheduleFunctionRole",
    "UpkeepFunctionRole",
    "ExpandFunctionRole",
    "ImportsFunctionRole",
    "RulesFunctionRole",
    "RemindersFunctionRole",
)
LISTS = {
    "ses:PutSuppressedDestination",
    "ses:DeleteSuppressedDestination",
    "sms-voice:PutOptedOutNumber",
    "sms-voice:DeleteOptedOutNumber",
}
PROVIDER = {
    "DeliverSmsRole": "sns:Publish",
    "DeliverEmailRole": "ses:SendEmail",
    "DeliverVoiceRole": "sms-voice:SendVoiceMessage",
}
DELIVER = {"GetItem", "BatchGetItem", "UpdateItem", "PutItem", "Query", "DeleteItem"}
DATA = {
    "IntakeRole": {
        "GetItem",
        "BatchGetItem",
        "Query",
        "PutItem",
        "BatchWriteItem",
        "UpdateItem",
    },
    "RemindersFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "Query",
        "PutItem",
        "BatchWriteItem",
        "UpdateItem",
    },
    "ManageRole": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem", "Query", "DeleteItem"},
    "PagesRole": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"},
    "DeliverSmsRole": DELIVER,
    "DeliverEmailRole": DELIVER | {"BatchWriteItem"},
    "DeliverVoiceRole": DELIVER,
    "FeedbackFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "UpdateItem",
        "Query",
        "PutItem",
        "DeleteItem",
        "DescribeStream",
        "GetRecords",
        "GetShardIterator",
        "ListStreams",
    },
    "EventsFunctionRole": {
        "DescribeStream",
        "GetRecords",
        "GetShardIterator",
        "ListStreams",
        "Query",
    },
    "WebhooksFunctionRole": {"GetItem", "UpdateItem"},
    "ExpandFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
    "RulesFunctionRole": {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "BatchWriteItem",
        "Query",
    },
    "ImportsFunctionRole": {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
    "InboundFunctionRole": {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
    "ScheduleFunctionRole": {"GetItem", "PutItem", "Query"},
    "UpkeepFunctionRole": {
        "GetItem",
        "BatchGetItem",
        "PutItem",
        "BatchWriteItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
    },
}
FILES = {
    "IntakeRole": {"GetObject", "PutObject", "ListBucket"},
    "RemindersFunctionRole": {"GetObject", "PutObject", "ListBucket"},
    "ManageRole": {"GetObject", "PutObject", "DeleteObject", "ListBucket"},
    "PagesRole": {"GetObject", "ListBucket"},
    "DeliverEmailRole": {"GetObject", "ListBucket"},
    "ImportsFunctionRole": {"GetObject", "PutObject", "DeleteObject", "ListBucket"},
    "ExpandFunctionRole": {"GetObject", "PutObject", "ListBucket"},
    "RulesFunctionRole": {"GetObject", "PutObject", "ListBucket"},
    "UpkeepFunctionRole": {
        "AbortMultipartUpload",
        "DeleteObject",
        "ListBucket",
        "PutObject",
        "GetObject",
        "GetObjectVersion",
        "ListBucketVersions",
    },
}
READS_STREAM = ("FeedbackFunctionRole", "EventsFunctionRole")
WRITES_NO_CONTACT = ("ScheduleFunctionRole", "EventsFunctionRole", "WebhooksFunctionRole")


def of_service(service: str, found: set[str]) -> set[str]:
    return {action for action in found if action.startswith(f"{service}:")}


def sends(found: set[str]) -> set[str]:
    return of_service("sns", found) | of_service("ses", found) | of_service("sms-voice", found)
