"""What is said between the board and somebody's device about a passkey (WebAuthn, level 2).

The challenge travels through the browser in a signed token, so that asking for one writes nothing.
That it is answered once is seen to in `passkeys`, by the moment at which it was made.
"""

from __future__ import annotations

import ipaddress
import secrets
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cbor2 import CBORError
from flask import current_app
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.options_to_json_dict import options_to_json_dict
from webauthn.helpers.parse_authentication_credential_json import parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from board.foundation import tokens

PURPOSE = "passkey"
CHALLENGE_LIFE = timedelta(minutes=10)
CHALLENGE_BYTES = 32
HANDLE_BYTES = 32
BOARD = "Reflection Board"
DAMAGED = (
    WebAuthnException,
    CBORError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    struct.error,
)


class PasskeyRefused(Exception):
    """Unknown, for another page, answered before, too late or damaged: nobody is told which."""


@dataclass(frozen=True)
class Challenge:
    """What a device signs. `account_id`, `handle`: for whom a key is made; 0 and "" when one is used."""

    nonce: bytes
    asked_at: datetime
    account_id: int = 0
    handle: str = ""

    @property
    def token(self) -> str:
        payload = [self.nonce.hex(), self.asked_at.timestamp(), self.account_id, self.handle]
        return tokens.sign(PURPOSE, payload, issued_at=self.asked_at)


def are_possible() -> bool:
    """Whether browsers offer passkeys to this board: it needs a name, and https or this very machine.

    Source: WebAuthn, 5.1.2 and 13.4.9; a name that ends in localhost counts as safe.
    """
    settings = current_app.config["BOARD"]
    try:
        ipaddress.ip_address(settings.public_host)
    except ValueError:
        return bool(settings.is_https) or f".{settings.public_host}".endswith(".localhost")
    return False


def challenge_read(token: str, *, now: datetime) -> Challenge:
    """Raises PasskeyRefused."""
    try:
        nonce, asked_at, account_id, handle = tokens.read(PURPOSE, token, max_age=CHALLENGE_LIFE, now=now)
    except tokens.TokenInvalid:
        raise PasskeyRefused from None
    return Challenge(bytes.fromhex(nonce), datetime.fromtimestamp(asked_at, UTC), account_id, handle)


def new_challenge(*, now: datetime, account_id: int = 0, handle: str = "") -> Challenge:
    return Challenge(secrets.token_bytes(CHALLENGE_BYTES), now, account_id, handle)


def new_handle() -> str:
    return bytes_to_base64url(secrets.token_bytes(HANDLE_BYTES))


def creation_options(
    challenge: Challenge, *, email: str, name: str, present: Iterable[str]
) -> dict[str, Any]:
    """What `navigator.credentials.create` is given: a key that names its account and checks its person.

    present: ids of the keys that there are, so that no device makes a second one.
    """
    options = generate_registration_options(
        rp_id=_host(),
        rp_name=BOARD,
        user_id=base64url_to_bytes(challenge.handle),
        user_name=email,
        user_display_name=name,
        challenge=challenge.nonce,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in present],
    )
    return options_to_json_dict(options)


def request_options(challenge: Challenge) -> dict[str, Any]:
    """What `navigator.credentials.get` is given: any key of this board's will do."""
    options = generate_authentication_options(
        rp_id=_host(),
        challenge=challenge.nonce,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def created(answer: str, challenge: Challenge) -> VerifiedRegistration:
    """The new key, whose device checked its person. Raises PasskeyRefused."""
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=challenge.nonce,
            expected_rp_id=_host(),
            expected_origin=current_app.config["BOARD"].public_url,
            require_user_verification=True,
        )
    except DAMAGED as mistake:
        raise PasskeyRefused(type(mistake).__name__) from mistake


def parsed(answer: str) -> AuthenticationCredential:
    """The answer of a device, not believed yet. Raises PasskeyRefused."""
    try:
        return parse_authentication_credential_json(answer)
    except DAMAGED as mistake:
        raise PasskeyRefused(type(mistake).__name__) from mistake


def proven(
    answer: AuthenticationCredential, challenge: Challenge, *, public_key: str, sign_count: int
) -> VerifiedAuthentication:
    """That this key signed the challenge, for this board, with its person there. Raises PasskeyRefused."""
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.nonce,
            expected_rp_id=_host(),
            expected_origin=current_app.config["BOARD"].public_url,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except DAMAGED as mistake:
        raise PasskeyRefused(type(mistake).__name__) from mistake


def _host() -> str:
    return str(current_app.config["BOARD"].public_host)
