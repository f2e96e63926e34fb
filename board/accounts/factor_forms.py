"""The shape of what proves somebody besides a password: codes, and what devices answer."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from board import text
from board.accounts.forms import capped
from board.accounts.passkeys import MAX_NAME_CHARS
from board.accounts.totp import DIGITS
from board.foundation.forms import without_nul

MAX_ANSWER_CHARS = 20_000  # what a device says of itself: with a chain of certificates some ten thousand


def code_field() -> StringField:
    looks = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "maxlength": 2 * DIGITS}
    wanted = InputRequired(_l("Please type the six digits that your app shows."))
    return StringField(_l("Code from your app"), [wanted], filters=[capped, without_nul], render_kw=looks)


def answer_field() -> HiddenField:
    """What a device answered; filled by script."""
    return HiddenField(filters=[lambda value: value[:MAX_ANSWER_CHARS] if value else value])


class CodeForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The second step with the app. `then`: where they wanted to go; judged where it is used."""

    code = code_field()
    then = HiddenField(filters=[without_nul])


class RecoveryForm(FlaskForm):  # type: ignore[misc]
    """The second step on a bad day."""

    recovery = StringField(
        _l("Recovery code"),
        [InputRequired(_l("Please type one of the codes that you were given."))],
        filters=[capped, without_nul],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )
    then = HiddenField(filters=[without_nul])


class PasskeySignInForm(FlaskForm):  # type: ignore[misc]
    """Signing in with a device."""

    passkey = answer_field()
    challenge = HiddenField()
    then = HiddenField(filters=[without_nul])


class AuthenticatorForm(FlaskForm):  # type: ignore[misc]
    """Setting an app up: its first code, and the secret that it took, sealed."""

    code = code_field()
    sealed = HiddenField(filters=[capped])


class PasskeyForm(FlaskForm):  # type: ignore[misc]
    """A new passkey under a name."""

    name = StringField(
        _l("What you call this passkey"),
        [InputRequired(_l("A name tells you later which one it is."))],
        filters=[without_nul],
        render_kw={"autocomplete": "off", "maxlength": MAX_NAME_CHARS, "dir": "auto"},
    )
    passkey = answer_field()
    challenge = HiddenField()

    def validate_name(self, field: StringField) -> None:
        self.cleaned_name = text.clean_name(field.data or "")
        if not self.cleaned_name or len(self.cleaned_name) > MAX_NAME_CHARS:
            raise ValidationError(_l("A name of at most 80 characters, please."))


class ProofForm(FlaskForm):  # type: ignore[misc]
    """Who one is, once more. Its fields stand beside those of the form that has to wait for it."""

    proof_password = PasswordField(
        _l("Your password"), filters=[capped], render_kw={"autocomplete": "current-password"}
    )
    proof_passkey = answer_field()
    proof_challenge = HiddenField()

    @property
    def is_sent(self) -> bool:
        return self.proof_password.name in request.form
