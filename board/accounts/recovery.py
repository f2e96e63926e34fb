"""Recovery codes: ten that each stand in for the second factor once. Told once, kept as digests."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, insert, select, update

from board.accounts.models import RecoveryCode
from board.extensions import db

HOW_MANY = 10
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: nothing in it looks like anything else
CHARS = 24  # 120 bits: from 112 on a plain digest keeps a code safe (OWASP ASVS 5.0, 6.5.2)
GROUP = 4
LOOKALIKES = str.maketrans("oil", "011")


def renew(account_id: int, *, now: datetime) -> list[str]:
    """Ten new codes in groups of four characters, in place of all earlier ones."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CHARS)) for _ in range(HOW_MANY)]
    rows = [{"account_id": account_id, "code_digest": _digest(code), "created_at": now} for code in codes]
    db.session.execute(insert(RecoveryCode), rows)
    return ["-".join(code[at : at + GROUP] for at in range(0, CHARS, GROUP)) for code in codes]


def use(account_id: int, typed: str, *, now: datetime) -> bool:
    """Whether `typed` is an unused code of the account; it is used up by that. One statement."""
    found = (
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_digest == _digest(_as_made(typed)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", db.session.execute(found)).rowcount == 1


def left(account_id: int) -> int:
    """How many codes have not been used."""
    query = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return db.session.execute(query).scalar_one()


def forget(account_id: int) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _as_made(typed: str) -> str:
    """In whatever case and with whatever between: a code is copied from paper."""
    return "".join(one for one in typed.casefold() if one.isalnum()).translate(LOOKALIKES)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
