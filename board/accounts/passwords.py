"""Passwords: hashed with Argon2id, never kept, never changed on their way.

Hashing takes about a tenth of a second and 64 MiB on purpose, so it must never happen inside
a database transaction that may write: on SQLite everybody else's writing would wait for it.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_CHARS = 12  # OWASP ASVS 5.0, 6.2.1 asks for 8 and recommends 15
MAX_CHARS = 128  # more costs time and proves nothing; ASVS 6.2.9 asks for at least 64
AT_ONCE = threading.BoundedSemaphore(4)  # 64 MiB each: a flood of sign-ins must not eat the memory

_HASHER = PasswordHasher()  # RFC 9106, second recommended option: t=3, 64 MiB, p=4
_COST = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
# Well-formed and all zeros: no password has this hash, and comparing with it takes as long as with another.
NOBODYS_HASH = f"$argon2id$v=19${_COST}${'A' * 22}${'A' * 43}"


def hash_password(password: str) -> str:
    """An encoded Argon2id hash with a salt of its own."""
    with AT_ONCE:
        return _HASHER.hash(_bytes(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether `password` belongs to the hash. Takes the same time for None, the hash of nobody."""
    with AT_ONCE:
        try:
            matches = _HASHER.verify(password_hash or NOBODYS_HASH, _bytes(password[:MAX_CHARS]))
        except (VerificationError, InvalidHashError):
            return False
    return matches and password_hash is not None and len(password) <= MAX_CHARS


def renewed(password_hash: str, password: str) -> str | None:
    """A new hash where the old one was made with other parameters than today's, else None."""
    return hash_password(password) if _HASHER.check_needs_rehash(password_hash) else None


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")  # whatever was typed is compared as it was typed
