"""A browser signs a user in with an account elsewhere, and comes back to the application with a code."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientResponse

from genauth_mock.runtime.options import Options
from tests.mock.support.http import Http, post

APP = Options().app_id
BACK = "http://localhost:8000/callback"
ACCOUNTS = [
    {"userIdInIdp": "o-1", "username": "ada"},
    {"userIdInIdp": "o-2", "userInfo": {"nickname": "Newcomer"}},
]
ASKED = {
    "ext_idp_conn_id": "wx",
    "client_id": APP,
    "response_type": "code",
    "redirect_uri": BACK,
    "scope": "openid profile username",
    "state": "of-the-app",
    "prompt": "login",
}
HTML = {"accept": "text/html"}
PATH = "/api/v3/signin-by-extidp"


@pytest.fixture
async def accounts(http: Http) -> None:
    """Connect a provider, and make a user who has an account there."""
    one = {"identifier": "wx", "type": "wechat", "accounts": ACCOUNTS}
    await post(http, "/_mock/settings", {"extIdps": [one]})
    await post(http, "/_mock/users", {"username": "ada"})


async def claims_of(http: Http, sent_on: ClientResponse) -> dict[str, Any]:
    """Follow a browser that was sent on to ``/oidc/auth``; return the claims of whoever signed in."""
    assert sent_on.status == 303
    location = sent_on.headers["Location"]
    cookie = {"cookie": sent_on.headers["Set-Cookie"].partition(";")[0]}
    assert urlsplit(location).path == "/oidc/auth"
    async with http.get(location, headers=cookie, allow_redirects=False) as reply:
        back = reply.headers["Location"]
    query = parse_qs(urlsplit(back).query)
    assert back.startswith(f"{BACK}?")
    assert query["state"] == ["of-the-app"]
    proof = {"client_id": APP, "client_secret": Options().app_secret}
    form = {"grant_type": "authorization_code", "code": query["code"][0], "redirect_uri": BACK}
    async with http.post("/oidc/token", data={**form, **proof}) as reply:
        token = (await reply.json())["access_token"]
    async with http.get("/oidc/me", headers={"authorization": f"Bearer {token}"}) as reply:
        claims: dict[str, Any] = await reply.json()
        return claims


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize(
    ("chosen", "name", "value"), [("o-1", "username", "ada"), ("o-2", "nickname", "Newcomer")]
)
async def test_whoever_was_chosen_comes_back_with_a_code(
    http: Http, chosen: str, name: str, value: str
) -> None:
    async with http.get(PATH, params=ASKED, headers=HTML) as reply:
        assert "Which account is yours?" in await reply.text()
    form = {"userIdInIdp": chosen}
    async with http.post(PATH, params=ASKED, data=form, allow_redirects=False) as reply:
        assert (await claims_of(http, reply))[name] == value


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("login", None),
        ("select_account", None),
        ("consent", ["consent"]),
        ("login consent", ["consent"]),
        ("consent  select_account login", ["consent"]),
    ],
)
async def test_who_has_just_signed_in_is_not_asked_again(
    http: Http, asked: str, left: list[str] | None
) -> None:
    query, form = {**ASKED, "prompt": asked}, {"userIdInIdp": "o-1"}
    async with http.post(PATH, params=query, data=form, allow_redirects=False) as reply:
        location = reply.headers["Location"]
    assert parse_qs(urlsplit(location).query).get("prompt") == left


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, None),
    ],
)
async def test_the_form_of_another_origin_chooses_nobody(
    http: Http, headers: dict[str, str], status: int | None
) -> None:
    form = {"userIdInIdp": "o-1"}
    async with http.post(
        PATH, params=ASKED, data=form, headers=headers, allow_redirects=False
    ) as reply:
        assert ("Set-Cookie" in reply.headers) is (status is None)
        assert status is None or (await reply.json())["statusCode"] == status


async def test_the_only_account_signs_in_at_once(http: Http) -> None:
    one = {"identifier": "wx", "type": "wechat", "accounts": ACCOUNTS[1:]}
    await post(http, "/_mock/settings", {"extIdps": [one]})
    async with http.get(PATH, params=ASKED, allow_redirects=False) as reply:
        assert (await claims_of(http, reply))["nickname"] == "Newcomer"


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize(
    ("asked", "status_code", "said"),
    [
        ({"ext_idp_conn_id": "no-such"}, 404, ""),
        ({"redirect_uri": "https://elsewhere.example/"}, 400, "redirect_uri"),
        ({"redirect_uri": ""}, 400, "redirect_uri"),
    ],
)
async def test_a_browser_is_sent_nowhere_that_is_not_known(
    http: Http, asked: dict[str, str], status_code: int, said: str
) -> None:
    async with http.get(PATH, params={**ASKED, **asked}, allow_redirects=False) as reply:
        answer = await reply.json()
    assert answer["statusCode"] == status_code
    assert said in answer["message"]


async def test_a_stranger_is_refused_where_nobody_may_sign_up(http: Http) -> None:
    one = {"identifier": "wx", "type": "wechat", "accounts": ACCOUNTS[1:]}
    await post(http, "/_mock/settings", {"extIdps": [one], "signUpEnabled": False})
    async with http.get(PATH, params=ASKED, allow_redirects=False) as reply:
        assert (await reply.json())["statusCode"] == 404
