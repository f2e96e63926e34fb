"""The shape of what staff send about themselves. No form ever shows a password again."""

from __future__ import annotations

from typing import Any

from email_validator import validate_email
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from board import text
from board.accounts import guessing
from board.foundation.forms import without_nul

MAX_EMAIL_CHARS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
MAX_NAME_CHARS = 80
MAX_TYPED_CHARS = 1000  # cut before anything looks at it; a password has at most 128
WEAKNESSES = {
    "short": _l("At least 12 characters, please. Four unrelated words are easy to remember."),
    "long": _l("At most 128 characters, please."),
    "common": _l("This is one of the first passwords that somebody would try. Please choose another."),
    "pattern": _l("This repeats itself or follows the keyboard. Please choose something less regular."),
    "personal": _l("This is made of words that others know about you or this board. Please add more."),
}


def capped(value: str | None) -> str | None:
    return value[:MAX_TYPED_CHARS] if value else value


def new_password_field(label: Any) -> PasswordField:
    wanted = InputRequired(_l("Please choose a password."))
    return PasswordField(label, [wanted], filters=[capped], render_kw={"autocomplete": "new-password"})


def refuse_weak(field: PasswordField, own_words: tuple[str, ...]) -> None:
    if code := guessing.weakness(field.data or "", own_words):
        raise ValidationError(WEAKNESSES[code])


def name_field() -> StringField:
    return StringField(
        _l("Your name"),
        [InputRequired(_l("Readers see this name below your replies."))],
        filters=[without_nul],
        render_kw={"autocomplete": "name", "maxlength": MAX_NAME_CHARS, "dir": "auto"},
    )


def cleaned_name(field: StringField) -> str:
    """The name as others will see it. Raises ValidationError."""
    name = text.clean_name(field.data or "")
    if not name:
        raise ValidationError(_l("Readers see this name below your replies."))
    if len(name) > MAX_NAME_CHARS:
        raise ValidationError(_l("At most 80 characters, please."))
    return name


def checked_address(field: EmailField) -> str:
    """The address in its normal form. Raises ValidationError."""
    try:
        return address_in(field.data or "")
    except ValueError:
        raise ValidationError(_l("This does not look like an email address.")) from None


def address_in(typed: str) -> str:
    """The address that somebody typed, in its normal form. Raises ValueError, with the reason in English."""
    # Hosts without a dot and .test as well: a board on a private network has such staff.
    return validate_email(
        typed.strip(), check_deliverability=False, globally_deliverable=False, test_environment=True
    ).normalized


class SignInForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Who, and the proof. `then`: where they wanted to go; judged where it is used."""

    email = EmailField(
        _l("Email"),
        [InputRequired(_l("Please give the address of your account.")), Length(max=MAX_EMAIL_CHARS)],
        filters=[without_nul],
        render_kw={"autocomplete": "username", "dir": "ltr"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Please give your password."))],
        filters=[capped],
        render_kw={"autocomplete": "current-password"},
    )
    then = HiddenField(filters=[without_nul])


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """A new account."""

    name = name_field()
    email = EmailField(
        _l("Email"),
        [InputRequired(_l("You sign in with this address.")), Length(max=MAX_EMAIL_CHARS)],
        filters=[without_nul],
        render_kw={"autocomplete": "username", "dir": "ltr"},
    )
    password = new_password_field(_l("Password"))

    def validate_name(self, field: StringField) -> None:
        self.cleaned_name = cleaned_name(field)

    def validate_email(self, field: EmailField) -> None:
        self.address = checked_address(field)

    def validate_password(self, field: PasswordField) -> None:
        refuse_weak(field, (self.name.data or "", self.email.data or ""))


class NameForm(FlaskForm):  # type: ignore[misc]
    """What one wants to be called."""

    name = name_field()

    def validate_name(self, field: StringField) -> None:
        self.cleaned_name = cleaned_name(field)


class RenewalForm(FlaskForm):  # type: ignore[misc]
    """A new password by a link from the command line."""

    password = new_password_field(_l("New password"))

    def validate_password(self, field: PasswordField) -> None:
        refuse_weak(field, ())


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password by somebody who knows the present one. `own_words`: their name and address."""

    present = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Please give your present password."))],
        filters=[capped],
        render_kw={"autocomplete": "current-password"},
    )
    password = new_password_field(_l("New password"))

    def __init__(self, *, own_words: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.own_words = own_words

    def validate_password(self, field: PasswordField) -> None:
        refuse_weak(field, self.own_words)
