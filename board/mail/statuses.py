"""What mail servers mean by their enhanced codes (RFC 3463), as far as an address may be to blame."""

from __future__ import annotations

import re

NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
NOT_NOW = frozenset({"5.2.2", "5.4.4"})  # a full mailbox, a domain that nobody finds: both may pass
CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
