"""Reflection Board: turns the question a blog post ends with into a discussion thread."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from board import wiring
from board.config import Settings
from board.database import prepare_engine
from board.extensions import babel, csrf, db, limiter, migrate
from board.foundation import assets, errors, headers, intake, templating
from board.foundation import ratelimits as ratelimits  # makes board:// known to Flask-Limiter
from board.foundation.parsing import OWN_COUNTERS

HERE = Path(__file__).resolve().parent
ROOT = HERE if (HERE / "templates").is_dir() else HERE.parent  # an installed wheel, else a checkout
MIGRATIONS = HERE / "migrations"
MAX_BODY_BYTES = 128 * 1024  # a comment of 10,000 characters, percent-encoded, three bytes each, and its form
MAX_FORM_PARTS = 1100  # a page of the queue is decided in one form


def create_app(settings: Settings | None = None) -> Flask:
    """An application that runs by `settings` (by default those of the environment).

    Raises SettingsInvalid. Starts nothing and writes nothing; may be called any number of times.
    """
    settings = settings or Settings.from_environ(os.environ)
    app = Flask(
        "board", template_folder=str(ROOT / "templates"), static_folder=None, instance_path=str(settings.data)
    )
    app.config.from_mapping(flask_settings(settings))
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    bind_extensions(app)
    headers.init_app(app)
    errors.init_app(app)
    intake.init_app(app)
    templating.init_app(app)
    assets.init_app(app, ROOT / "static")
    wiring.wire(app)
    return app


def flask_settings(settings: Settings) -> dict[str, object]:
    """What Flask and its extensions want to know, said in their own names."""
    prefix = "__Host-" if settings.is_https else ""
    return {
        "BOARD": settings,
        "SECRET_KEY": settings.secret,
        "SECRET_KEY_FALLBACKS": list(settings.secret_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings),
        "MAX_CONTENT_LENGTH": MAX_BODY_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_BODY_BYTES,
        "MAX_FORM_PARTS": MAX_FORM_PARTS,
        "SESSION_COOKIE_NAME": f"{prefix}board-form",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # the session's own life is the limit
        "WTF_CSRF_CHECK_DEFAULT": True,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(HERE / "translations"),
        "RATELIMIT_STORAGE_URI": settings.rate_storage,
        "RATELIMIT_STRATEGY": "sliding-window-counter",
        # while the server that is to count is away, each process counts for itself, and readers go on writing
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": settings.rate_storage != OWN_COUNTERS,
    }


def engine_options(settings: Settings) -> dict[str, object]:
    if settings.database_url.get_backend_name() == "postgresql":
        return {"pool_pre_ping": True, "pool_recycle": 1800}
    return {}


def bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    csrf.init_app(app)
    limiter.init_app(app)
    babel.init_app(app, locale_selector=templating.choose_language, timezone_selector=lambda: "UTC")
    with app.app_context():
        prepare_engine(db.engine)
