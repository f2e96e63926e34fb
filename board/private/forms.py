"""The one thing that these pages ask for: an address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from board.foundation.forms import PublicForm, without_nul
from board.readers.registration import MAX_EMAIL_CHARS, AddressUnusable, normalise


class AddressForm(PublicForm):
    """An address. `website` is a trap that people do not see."""

    email = EmailField(
        _l("Your email address"),
        [InputRequired(_l("Please type your address first.")), Length(max=MAX_EMAIL_CHARS)],
        filters=[without_nul],
        render_kw={"autocomplete": "email", "maxlength": MAX_EMAIL_CHARS},
    )
    website = StringField(
        _l("Website"), render_kw={"tabindex": "-1", "autocomplete": "off"}, filters=[without_nul]
    )

    address = ""

    def validate_email(self, field: EmailField) -> None:
        try:
            self.address = normalise(field.data or "")
        except AddressUnusable:
            raise ValidationError(_l("This does not look like an email address.")) from None

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.website.data)
