"""Who may frame which page, and who may keep it."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.support.makers import Makers


def policy(answer) -> str:
    return answer.headers["Content-Security-Policy"]


def test_the_frame_names_exactly_the_sites_own_origins(client: FlaskClient, makers: Makers) -> None:
    thread = makers.thread(makers.site(origin="https://blog.test"))
    answer = client.get(f"/embed/t/{thread.id}")
    assert policy(answer).endswith("frame-ancestors https://blog.test")
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["X-Robots-Tag"] == "noindex, indexifembedded"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_board_itself_is_framed_by_nobody(client: FlaskClient, makers: Makers) -> None:
    answer = client.get(f"/t/{makers.thread().id}")
    assert policy(answer).endswith("frame-ancestors 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_an_error_inside_the_frame_can_still_be_read_there(client: FlaskClient, makers: Makers) -> None:
    makers.site(slug="blog")
    answer = client.get("/embed/blog?url=https://another.test/unknown")
    assert answer.status_code == 404
    assert policy(answer).endswith("frame-ancestors https://blog.test")
    assert answer.headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_a_year_under_their_digest_and_briefly_under_another(
    client: FlaskClient,
) -> None:
    page = client.get("/").get_data(as_text=True)
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    old = "/static/0000000000000000/" + address.split("/", 3)[3]
    assert client.get(old).headers["Cache-Control"] == "public, max-age=3600"
    assert client.get("/static/0/../../pyproject.toml").status_code == 404


def test_https_is_remembered_by_the_browser(make_app) -> None:
    app = make_app(BOARD_PUBLIC_URL="https://board.test")
    answer = app.test_client().get("/", base_url="https://board.test")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
