"""pages: the reference of the API and its problems; it needs no data and so no rights."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.function import function


def pages(scope: Construct, *, foundation: Foundation) -> lambda_.Function:
    return function(scope, "Pages", folder="pages", foundation=foundation, timeout=15, tables={})
