"""BOARD_SECOND_FACTOR: whoever lacks the second factor that is asked of them sets it up before all else."""

from __future__ import annotations

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from board.accounts.presence import presence
from board.accounts.second_factor import Wanted
from board.foundation.permissions import PERMISSIONS, Action


def install(app: Flask) -> None:
    app.before_request(lead_to_set_up)


def lead_to_set_up() -> Response | None:
    """To one's own account, from every page that needs a role. Pages for the public are not looked at."""
    view = current_app.view_functions.get(request.endpoint or "")
    action: Action | None = getattr(view, "action", None)
    if action is None or action is Action.MANAGE_OWN_ACCOUNT or not PERMISSIONS[action].roles:
        return None
    return redirect(url_for("accounts.account", _anchor="second-factor"), code=303) if lacks_one() else None


def lacks_one() -> bool:
    """Whether the present person has no second factor and the installation wants one of them."""
    wanted, who = Wanted(current_app.config["BOARD"].second_factor), presence()
    return who.actor.is_signed_in and not who.has_factor and wanted.asks(who.actor)
