"""Print the document: `make openapi` writes it to `openapi.json`."""

import json
import sys

from outbound.adapters.api.contract.document import document

sys.stdout.write(json.dumps(document(), ensure_ascii=False, indent=1) + "\n")
