"""What every part of the service stack stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager

from infra.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    config: Config
    # Imported, so that no construct adds to the policy of a key that another stack owns.
    key: kms.IKey
    tables: Mapping[str, dynamodb.ITable]
    secret: secretsmanager.ISecret
    links_secret: secretsmanager.ISecret
    media: s3.IBucket
    anchors: s3.IBucket
    layers: Sequence[lambda_.ILayerVersion]
