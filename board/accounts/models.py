"""Staff accounts, what they may do where, how they prove who they are, their sessions and invitations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.database import Base, UTCDateTime
from board.foundation.permissions import Role

ROLES = ", ".join(f"'{role}'" for role in Role)


class Account(Base):
    """A person who can sign in. `email` is kept in lower case; `password_hash` is argon2id.

    Tries at the second factor are counted apart: they come from somebody who knows the password.
    `passkey_handle`: by which authenticators know the account; random, base64url, never changed.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    factor_tries: Mapped[int] = mapped_column(default=0)
    factor_locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    passkey_handle: Mapped[str | None] = mapped_column(String(64), unique=True)

    memberships: Mapped[list[Membership]] = relationship(back_populates="account", lazy="raise")


class Membership(Base):
    """An account's role on a site; on every site when `site_id` is empty."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(f"role in ({ROLES})", name="role"),
        Index("uq_membership_site", "account_id", "site_id", unique=True),
        Index(
            "uq_membership_all_sites",
            "account_id",
            unique=True,
            sqlite_where=text("site_id IS NULL"),
            postgresql_where=text("site_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))

    account: Mapped[Account] = relationship(back_populates="memberships", lazy="raise")


class Authenticator(Base):
    """The app whose codes are an account's second factor (TOTP, RFC 6238).

    `sealed_secret` can only be read with the board's own key. `last_step`: the time step whose code was
    used last; no code of it or an earlier one is taken again.
    """

    __tablename__ = "authenticator"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    sealed_secret: Mapped[str] = mapped_column(String(300))
    last_step: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RecoveryCode(Base):
    """A code that stands in for the second factor once. Only its digest is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    code_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Passkey(Base):
    """A key in somebody's device (WebAuthn). `credential_id` and `public_key` are base64url.

    `asked_at`: when the challenge that it answered last was made; older ones are answered no more.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)  # at most 1023 bytes: WebAuthn, 4
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)  # an unsigned number of 32 bits
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class KnownBrowser(Base):
    """A browser in which an account has signed in before, known again by a cookie that opens nothing."""

    __tablename__ = "known_browser"
    __table_args__ = (UniqueConstraint("account_id", "token_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_digest: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)


class StaffSession(Base):
    """A signed-in browser. Only the digest of its random id is kept; deleting the row signs it out.

    `proven_at`: when its person last proved who they are.
    """

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    id_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    browser: Mapped[str] = mapped_column(String(80))
    proven_at: Mapped[datetime] = mapped_column(UTCDateTime)

    account: Mapped[Account] = relationship(lazy="raise")


class Invitation(Base):
    """A single-use link that gives somebody a role. Only the digest of its token is kept.

    `email`: where it was mailed; None for a link from the command line, which anybody may be given.
    """

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(f"role in ({ROLES})", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    inviter_name: Mapped[str] = mapped_column(String(80), default="")
