"""The shape of a site's settings. What may be told is judged by the rules in board/sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from board.authoring.forms import one_line, plain_lines
from board.authoring.site_comments import CommentsForm, present_comments
from board.authoring.site_wording import (
    ALWAYS_ASK,
    HUES,
    LANGUAGES,
    REFUSALS,
    STEPS,
    opening_in_words,
)
from board.sites.models import Site
from board.sites.registration import Changes
from board.sites.rules import (
    SiteRefused,
    known_origin,
    normal_base,
    normal_language,
    normal_name,
    normal_prompt,
)
from board.sources.models import Feed
from board.threads.addresses import AddressRefused, canonical

HUE_STEP = 30  # of the style sheet's colours


class SiteForm(CommentsForm):
    """Everything that an owner tells about a site. `origins`: those besides its own, one in a line."""

    name = StringField(_l("Name"), filters=[one_line], render_kw={"dir": "auto", "maxlength": 120})
    address = URLField(_l("Address"), filters=[one_line], render_kw={"dir": "ltr"})
    language = SelectField(_l("Language"))
    accent_hue = RadioField(_l("Colour"))
    origins = TextAreaField(
        _l("Other addresses whose pages may show its discussions"),
        filters=[plain_lines],
        render_kw={"dir": "ltr", "rows": 2, "placeholder": "https://www.blog.example"},
    )
    feed = URLField(_l("Address of its feed"), filters=[one_line], render_kw={"dir": "ltr"})
    opens_from = RadioField(_l("A prompt that was found opens its discussion by itself"))
    default_prompt = TextAreaField(
        _l("What a post asks that asks nothing itself"),
        filters=[plain_lines],
        render_kw={"dir": "auto", "rows": 2},
    )
    read_now = SubmitField()

    def __init__(self, site: Site, feed: Feed | None, **kwargs: Any) -> None:
        super().__init__(**kwargs, data=_present(site, feed))
        self.language.choices = _choices(_by_name({site.language: site.language, **LANGUAGES}))
        self.accent_hue.choices = _choices({str(hue): name for hue, name in HUES.items()})
        present = () if site.opens_from is None else (site.opens_from,)
        steps = sorted({*STEPS, *present}, reverse=True)
        self.opens_from.choices = _choices({_said(step): opening_in_words(step) for step in (*steps, None)})

    def validate_name(self, field: Field) -> None:
        _judge(normal_name, field.data)

    def validate_address(self, field: Field) -> None:
        _judge(normal_base, field.data)

    def validate_language(self, field: Field) -> None:
        _judge(normal_language, field.data)

    def validate_origins(self, field: Field) -> None:
        for origin in self.other_origins():
            _judge(known_origin, origin)

    def validate_default_prompt(self, field: Field) -> None:
        _judge(normal_prompt, field.data)

    def validate_feed(self, field: Field) -> None:
        try:
            canonical(field.data or "https://blog.example/feed")
        except AddressRefused:
            raise ValidationError(
                _l("Write the address of the feed as in https://blog.example/feed.")
            ) from None

    def other_origins(self) -> list[str]:
        return (self.origins.data or "").split()

    def changes(self, site: Site) -> Changes:
        """What is to be different; the exact hue of the present colour stays."""
        chosen, hue = self.opens_from.data, int(self.accent_hue.data)
        return Changes(
            name=self.name.data or "",
            address=self.address.data or "",
            language=self.language.data,
            default_prompt=self.default_prompt.data or "",
            opens_from=None if chosen == ALWAYS_ASK else float(chosen),
            accent_hue=site.accent_hue if _colour(site) == hue else hue,
            **self.comment_changes(),
        )


def _present(site: Site, feed: Feed | None) -> dict[str, Any]:
    own = known_origin(site.base_url)
    return {
        "name": site.name,
        "address": site.base_url,
        "language": site.language,
        "accent_hue": str(_colour(site)),
        "origins": "\n".join(sorted(one.origin for one in site.origins if one.origin != own)),
        "feed": feed.address if feed else "",
        "opens_from": _said(site.opens_from),
        "default_prompt": site.default_prompt,
        **present_comments(site),
    }


def _judge(rule: Callable[[str], Any], told: str | None) -> None:
    try:
        rule(told or "")
    except SiteRefused as refusal:
        raise ValidationError(REFUSALS[refusal.part]) from None


def _colour(site: Site) -> int:
    """The style sheet's colour for the site's hue."""
    return site.accent_hue // HUE_STEP * HUE_STEP


def _said(confidence: float | None) -> str:
    return ALWAYS_ASK if confidence is None else f"{confidence:g}"


def _by_name(labels: dict[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda one: one[1].casefold()))


def _choices(labels: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]
