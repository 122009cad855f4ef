"""What an AWS account is like, seen from a deployment: one thin reader per service."""

from outbound_client.command.account.facts import About, Facts, NotKnown, Unknown
from outbound_client.command.account.look import look

__all__ = ["About", "Facts", "NotKnown", "Unknown", "look"]
