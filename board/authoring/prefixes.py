"""From one prefix of addresses to another: what a rule makes of an address. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from board.threads.addresses import AddressRefused, canonical, origin_of

MAX_PREFIX_CHARS = 500


class RuleRefused(ValueError):
    """The two prefixes make no rule. `field`: old or new, where the mistake is; the message is a code."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field, self.code = field, code


@dataclass(frozen=True)
class Prefixes:
    """`old`: the key below which posts stand, without a slash at its end. `new`: the link below which they
    stand from now on, likewise."""

    old: str
    new: str

    def holds(self, key: str) -> bool:
        """Whether an address with that key stands below the old prefix: whole parts of a path count."""
        return key.startswith(self.old) and key[len(self.old) :][:1] in {"", "/", "?"}

    def moved(self, address: str) -> str | None:
        """Where `address` stands from now on, as a link; None if it does not stand below the old prefix."""
        try:
            key = canonical(address)
        except AddressRefused:
            return None
        return self.new + _rest(address, key, self.old) if self.holds(key) else None


def prefixes(old: str, new: str) -> Prefixes:
    """The rule by which what stands below `old` stands below `new`, both as people write them.

    Raises RuleRefused.
    """
    here, there = _base("old", old), _base("new", new)
    if here == there:
        raise RuleRefused("new", "same")
    return Prefixes(canonical(here).rstrip("/"), there)


def _base(field: str, address: str) -> str:
    """Origin and path of a prefix, without a slash at the end."""
    try:
        base = origin_of(address) + urlsplit(address.strip()).path.rstrip("/")
        canonical(base)
    except AddressRefused:
        raise RuleRefused(field, "address") from None
    if urlsplit(address.strip()).query or "#" in address:
        raise RuleRefused(field, "query")
    if len(base) > MAX_PREFIX_CHARS:
        raise RuleRefused(field, "long")
    return base


def _rest(address: str, key: str, old: str) -> str:
    """What stands behind the prefix: as the address writes it, where the prefix is written out in it."""
    parts, prefix = urlsplit(address.strip()), urlsplit(old).path
    if parts.path == prefix or parts.path.startswith(f"{prefix}/"):
        return (parts.path[len(prefix) :] or "/") + (f"?{parts.query}" if parts.query else "")
    return key[len(old) :] or "/"
