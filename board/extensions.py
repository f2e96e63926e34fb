"""The Flask extensions, created unbound; the factory binds them to an application."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from board.database import Base
from board.foundation.networks import request_network

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
csrf = CSRFProtect()
migrate = Migrate()
babel = Babel()
limiter = Limiter(key_func=request_network, strategy="sliding-window-counter", headers_enabled=False)
