"""What the first steps say about what could not be read."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

TROUBLES = {  # by the code with which the worker's own words begin
    "address": _l("This is not an address that can be read."),
    "name": _l("There is nobody of this name on the internet. Is there a slip in it?"),
    "private": _l(
        "It is not on the public internet. If it is on this machine or in your own network, "
        "allow it with the setting BOARD_PRIVATE_BLOGS."
    ),
    "port": _l(
        "Only the usual ports of the web are asked. If this blog is on this machine or in your own network, "
        "allow it with the setting BOARD_PRIVATE_BLOGS."
    ),
    "network": _l("Its server could not be reached."),
    "time": _l("Its server took too long to answer."),
    "status": _l("Its server answered, but with an error."),
    "gone": _l("Its server says that it is gone for good."),
    "redirects": _l("It leads from one address to another without end."),
    "type": _l("There is something at this address, but no page."),
    "size": _l("What is there is larger than any page should be."),
}
UNKNOWN = _l("It could not be read.")


def trouble_in_words(said: str) -> str:
    """Why an address could not be read. said: as the worker wrote it down."""
    code, _colon, detail = (part.strip() for part in said.partition(":"))
    if code == "moved":
        return str(_("It leads to %(address)s. If that is your blog, give that address.", address=detail))
    if code == "elsewhere":
        return str(_("Its posts stand at %(address)s. Give that address instead.", address=detail))
    return str(TROUBLES.get(code, UNKNOWN))


def detail_of(said: str) -> str:
    """The worker's own words, where they say more than ours."""
    code, _colon, detail = (part.strip() for part in said.partition(":"))
    return detail if code in {"status", "network", "type"} else "" if code in TROUBLES else said


def suggested_address(said: str, address: str) -> str:
    """What to try next instead of `address`."""
    code, _colon, detail = (part.strip() for part in said.partition(":"))
    return detail if code in {"moved", "elsewhere"} else address
