"""The CDK app: everything Outbound is in an AWS account, as code."""
