"""pages: the reference of the API for everybody, and what recipients may choose by their links."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.function import function


def pages(scope: Construct, *, foundation: Foundation) -> lambda_.Function:
    return function(
        scope,
        "Pages",
        folder="pages",
        foundation=foundation,
        timeout=15,
        tables={
            "contacts": ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"],
            "ledger": ["PutItem"],
        },
        reads_secret=True,
        reads_links=True,
    )
