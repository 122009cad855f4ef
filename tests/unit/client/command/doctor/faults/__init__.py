"""The faults that `outbound doctor` is to name."""

from tests.unit.client.command.doctor.faults.email import EMAIL
from tests.unit.client.command.doctor.faults.platform import PLATFORM
from tests.unit.client.command.doctor.faults.sender_domain import BULK, DOMAIN
from tests.unit.client.command.doctor.faults.texts import SMS
from tests.unit.client.command.doctor.faults.two_way import TWO_WAY
from tests.unit.client.command.doctor.faults.voice import VOICE

FAULTS = [*PLATFORM, *EMAIL, *DOMAIN, *BULK, *SMS, *TWO_WAY, *VOICE]
