"""What the pages of site settings say."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from board.authoring.wording import number
from board.moderation.akismet_keys import KeyDeed, KeyState
from board.sites.models import Policy
from board.sites.rules import Part
from board.sources.following import NEVER
from board.sources.models import Feed

LANGUAGES = {  # those that readers most often write in, each as it calls itself
    "ar": "العربية", "bg": "български", "bn": "বাংলা", "ca": "català", "cs": "čeština", "cy": "Cymraeg",
    "da": "dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English", "eo": "Esperanto", "es": "español",
    "et": "eesti", "eu": "euskara", "fa": "فارسی", "fi": "suomi", "fr": "français", "ga": "Gaeilge",
    "gl": "galego", "he": "עברית", "hi": "हिन्दी", "hr": "hrvatski", "hu": "magyar", "id": "Indonesia",
    "is": "íslenska", "it": "italiano", "ja": "日本語", "ko": "한국어", "lt": "lietuvių", "lv": "latviešu",
    "nb": "norsk bokmål", "nl": "Nederlands", "nn": "norsk nynorsk", "pl": "polski", "pt": "português",
    "pt_BR": "português (Brasil)", "ro": "română", "ru": "русский", "sk": "slovenčina", "sl": "slovenščina",
    "sr": "српски", "sv": "svenska", "th": "ไทย", "tr": "Türkçe", "uk": "українська", "vi": "Tiếng Việt",
    "zh": "中文", "zh_Hant": "中文 (繁體)",
}  # fmt: skip
HUES = {  # the twelve colours that the style sheet has, by the hue that a site keeps
    0: _l("Red"), 30: _l("Orange"), 60: _l("Amber"), 90: _l("Olive"), 120: _l("Green"), 150: _l("Jade"),
    180: _l("Teal"), 210: _l("Sky"), 240: _l("Blue"), 270: _l("Indigo"), 300: _l("Purple"), 330: _l("Pink"),
}  # fmt: skip
POLICIES: dict[str, object] = {
    Policy.HOLD: _l("wait until a moderator has read them"),
    Policy.HOLD_FIRST: _l("wait until their writer is known"),
    Policy.PUBLISH: _l("appear at once, where nothing speaks against them"),
}
ALWAYS_ASK = "never"
STEPS = (0.9, 0.8, 0.7, 0.0)
REFUSALS = {
    Part.NAME: _l("A name, please, of at most 120 characters."),
    Part.ADDRESS: _l("Write the address of the blog as in https://blog.example, without ? and #."),
    Part.ORIGIN: _l("Write each address as in https://www.blog.example, one per line."),
    Part.LANGUAGE: _l("Please choose a language."),
    Part.POLICY: _l("Please choose one of these."),
    Part.DEFAULT_PROMPT: _l("At most 1,000 characters, please."),
    Part.OPENS_FROM: _l("Please choose one of these."),
    Part.ACCENT_HUE: _l("Please choose one of these."),
    Part.APPROVALS: _l("A number from 1 to 10, please."),
    Part.REPORTS: _l("A number from 0 to 100, please."),
    Part.CLOSING: _l("A number from 1 to 3650, please, or nothing."),
}


def opening_in_words(confidence: float | None) -> str:
    """When prompts open by themselves."""
    if confidence is None:
        return str(_("never: each waits for a yes"))
    if confidence == 0:
        return str(_("always, whatever is found"))
    names = {0.9: _("when the board is very sure"), 0.8: _("when the board is sure")}
    names[0.7] = _("when the board is fairly sure")
    words = names.get(confidence, _("from this confidence on"))
    return f"{words} ({number(confidence)})"


def key_in_words(state: KeyState | None) -> str:
    """What became of the key to Akismet; nothing where there is none."""
    if state is None:
        return ""
    words = {
        KeyDeed.SET: _("It will be tried in a moment."),
        KeyDeed.TAKEN: _("Akismet knows this key."),
        KeyDeed.REFUSED: _("Akismet does not take this key: %(said)s", said=state.said),
    }
    told = str(words.get(state.last, ""))
    return f"{told} {_('Akismet says: %(said)s', said=state.alert)}" if state.alert else told


def feed_in_words(feed: Feed, now: datetime) -> str:
    """How reading the feed goes. Its last reading and its own words are told beside."""
    if feed.due_at >= NEVER:
        return str(_("It is gone for good and is not read any more. Is there another?"))
    if feed.failures:
        return str(
            ngettext(
                "It could not be read the last time.",
                "It could not be read the last %(num)d times.",
                feed.failures,
            )
        )
    if feed.read_at is None or feed.due_at <= now:
        return str(_("It will be read in a moment."))
    return str(_("It is read every quarter of an hour."))
