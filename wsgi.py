"""For any WSGI server: `wsgi:app`."""

from board import create_app

app = create_app()
