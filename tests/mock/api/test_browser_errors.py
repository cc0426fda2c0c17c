"""What a browser is shown that cannot be sent back: a page for people, and JSON for programs."""

from __future__ import annotations

import aiohttp
import pytest

from genauth_mock.api.browser_errors import prefers_html
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.mock.support.faults import arm
from tests.mock.support.tokens import APP

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
BACK = "http://localhost:8000/callback"
ASKED = {"client_id": APP["client_id"], "redirect_uri": BACK, "response_type": "code"}


@pytest.mark.parametrize(
    ("accept", "is_page"),
    [
        pytest.param(CHROME, True, id="Chromium"),
        pytest.param("*/*", False, id="curl"),
        pytest.param("", False, id="nothing"),
        pytest.param("application/json", False, id="JSON"),
        pytest.param("application/json, text/plain, */*", False, id="axios"),
        pytest.param("text/html, application/json", True, id="both, the page first"),
        pytest.param("application/json, text/html", False, id="both, JSON first"),
        pytest.param("text/html;q=0.5, application/json", False, id="JSON is liked better"),
        pytest.param("text/html;q=0", False, id="no pages"),
        pytest.param("text/*, application/json;q=0.9", True, id="any text"),
        pytest.param("TEXT/HTML ; q=1", True, id="written large"),
        pytest.param("text/html;q=lots, */*", False, id="no number"),
    ],
)
def test_a_page_is_for_whoever_prefers_one(accept: str, is_page: bool) -> None:
    assert prefers_html(accept) is is_page


MISTAKES = [
    pytest.param(
        "/oidc/auth", {"redirect_uri": "https://evil.example/<x>"}, "set redirectUris", id="address"
    ),
    pytest.param(
        "/oauth/auth",
        {"client_id": ""},
        "missing required parameter &#x27;client_id&#x27;",
        id="app",
    ),
    pytest.param(
        "/oidc/session/end",
        {"post_logout_redirect_uri": "https://evil.example/"},
        "post_logout_redirect_uri not registered",
        id="signing out",
    ),
    pytest.param(
        "/login/profile/logout",
        {"redirect_uri": "https://evil.example/"},
        "redirect_uri not registered",
        id="signing out without OpenID Connect",
    ),
]


@pytest.mark.parametrize(("path", "wrong", "said"), MISTAKES)
async def test_a_browser_that_is_not_sent_back_is_shown_why(
    http: aiohttp.ClientSession, path: str, wrong: dict[str, str], said: str
) -> None:
    asked = {**ASKED, **wrong}
    async with http.get(path, params=asked, headers={"accept": CHROME}) as reply:
        page, policy = await reply.text(), reply.headers["Content-Security-Policy"]
        assert (reply.status, reply.content_type) == (400, "text/html")
        assert reply.headers["Cache-Control"] == "no-cache, no-store"
    assert said in page
    assert "role='alert'" in page
    assert "<x>" not in page
    assert policy.startswith("default-src 'none'")
    assert "form-action" not in policy
    async with http.get(path, params=asked) as reply:
        assert (reply.status, reply.content_type) == (400, "application/json")
        assert (await reply.json())["error"] in page


async def test_programs_are_answered_in_json_whatever_they_accept(
    http: aiohttp.ClientSession,
) -> None:
    async with http.post("/oidc/token", data={}, headers={"accept": CHROME}) as reply:
        assert (reply.status, reply.content_type) == (400, "application/json")


async def test_an_app_that_is_not_known_and_a_fault_are_shown_too() -> None:
    headers = {"accept": CHROME}
    async with (
        running(Options(strict_apps=True)) as server,
        aiohttp.ClientSession(server.url, headers=headers) as http,
    ):
        async with http.get("/oidc/auth", params={**ASKED, "client_id": "another"}) as reply:
            assert (reply.status, reply.content_type) == (400, "text/html")
            assert "client is invalid" in await reply.text()
        await arm(http, route="/oidc/auth", httpStatus=503)
        async with http.get("/oidc/auth", params=ASKED) as reply:
            assert (reply.status, reply.content_type) == (503, "text/html")
            assert "temporarily_unavailable" in await reply.text()
