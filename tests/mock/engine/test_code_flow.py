"""The code flow as an application drives it: sent to ``/oidc/auth``, back with a code, exchanged once."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from genauth_mock.engine.browser_session import SIGN_IN_AS
from tests.mock.support.tokens import ALICE, APP, Json, advance, ask, get, set_to, verified

BACK = "http://localhost:8000/callback"
VERIFIER = "a-code-verifier-of-at-least-forty-three-characters"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
ASKED = {
    "client_id": APP["client_id"],
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": "openid profile phone offline_access",
    "prompt": "consent",
    "state": "st&ate",
    "nonce": "n-once",
}


@pytest.fixture(autouse=True)
async def alice(http: aiohttp.ClientSession) -> None:
    async with http.post("/_mock/users", json=ALICE) as reply:
        assert reply.status == 200


async def go(
    http: aiohttp.ClientSession, name: str | None = "alice", **asked: str
) -> tuple[int, str, str]:
    """Go to the authorization endpoint; give the status, the address to go back to, and the body."""
    query = {key: value for key, value in {**ASKED, **asked}.items() if value}
    headers = {} if name is None else {SIGN_IN_AS: name}
    async with http.get(
        "/oidc/auth", params=query, headers=headers, allow_redirects=False
    ) as reply:
        return reply.status, reply.headers.get("Location", ""), await reply.text()


def told(address: str, part: str = "query") -> dict[str, str]:
    """Read what the browser takes back."""
    return {name: value for name, [value] in parse_qs(getattr(urlsplit(address), part)).items()}


async def code_for(http: aiohttp.ClientSession, **asked: str) -> str:
    status, address, _ = await go(http, **asked)
    assert status == 302, address
    return told(address)["code"]


def form_for(code: str, **more: str) -> dict[str, str]:
    return {
        **APP,
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        **more,
    }


async def test_a_code_comes_back_with_the_state_and_gives_tokens_of_the_user(
    http: aiohttp.ClientSession,
) -> None:
    status, address, _ = await go(http)
    assert (status, address.partition("?")[0]) == (302, BACK)
    back = told(address)
    assert set(back) == {"code", "state"}
    assert back["state"] == "st&ate"
    status, data = await ask(http, "token", form_for(back["code"]))
    assert (status, data["scope"], data["token_type"]) == (200, ASKED["scope"], "Bearer")
    access = await verified(http, data["access_token"])
    claims = await verified(http, data["id_token"])
    assert (claims["sub"], claims["nonce"]) == (access["sub"], "n-once")
    half = hashlib.sha256(data["access_token"].encode()).digest()[:16]
    assert claims["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    assert (await get(http, "/oidc/me", data["access_token"]))["nickname"] == "Al"


async def test_a_code_works_once_and_a_second_use_ends_what_the_first_gave(
    http: aiohttp.ClientSession,
) -> None:
    code = await code_for(http)
    first = (await ask(http, "token", form_for(code)))[1]
    renewal = {**APP, "grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    fresh = (await ask(http, "token", renewal))[1]
    assert await ask(http, "token", form_for(code)) == (
        400,
        {"error": "invalid_grant", "error_description": "grant request is invalid"},
    )
    for token in (first["access_token"], fresh["access_token"], fresh["refresh_token"]):
        assert (await ask(http, "token/introspection", {**APP, "token": token}))[1] == {
            "active": False
        }
    assert (await get(http, "/oidc/me", fresh["access_token"]))["error"] == "invalid_token"
    assert (await get(http, "/api/v3/get-profile", fresh["access_token"]))["statusCode"] == 401
    again = {**renewal, "refresh_token": fresh["refresh_token"]}
    assert (await ask(http, "token", again))[1]["error"] == "invalid_grant"


async def test_another_sign_in_of_the_same_user_goes_on(http: aiohttp.ClientSession) -> None:
    code, other = await code_for(http), await code_for(http)
    kept = (await ask(http, "token", form_for(other)))[1]["access_token"]
    for _ in range(2):
        await ask(http, "token", form_for(code))
    assert (await ask(http, "token/introspection", {**APP, "token": kept}))[1]["active"] is True


@pytest.mark.parametrize(("seconds", "status"), [(599, 200), (600, 400)])
async def test_a_code_lives_ten_minutes(
    http: aiohttp.ClientSession, seconds: int, status: int
) -> None:
    async with http.post("/_mock/clock", json={"frozen": True}):
        code = await code_for(http)
    await advance(http, seconds)
    assert (await ask(http, "token", form_for(code)))[0] == status


@pytest.mark.parametrize(
    ("asked", "shown", "status"),
    [
        pytest.param(
            {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}, VERIFIER, 200, id="S256"
        ),
        pytest.param(
            {"code_challenge": CHALLENGE, "code_challenge_method": "S256"},
            CHALLENGE,
            400,
            id="S256 wrong",
        ),
        pytest.param(
            {"code_challenge": CHALLENGE, "code_challenge_method": "S256"},
            "",
            400,
            id="S256 missing",
        ),
        pytest.param(
            {"code_challenge": VERIFIER, "code_challenge_method": "plain"},
            VERIFIER,
            200,
            id="plain",
        ),
        pytest.param({"code_challenge": VERIFIER}, VERIFIER, 200, id="plain by default"),
        pytest.param({"code_challenge": VERIFIER}, CHALLENGE, 400, id="plain wrong"),
        pytest.param({}, VERIFIER, 400, id="never asked for"),
    ],
)
async def test_the_verifier_has_to_fit_the_challenge(
    http: aiohttp.ClientSession, asked: dict[str, str], shown: str, status: int
) -> None:
    code = await code_for(http, **asked)
    more = {"code_verifier": shown} if shown else {}
    assert (await ask(http, "token", form_for(code, **more)))[0] == status


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"redirect_uri": f"{BACK}/"}, id="another address"),
        pytest.param({"code": "made-up"}, id="another code"),
    ],
)
async def test_what_does_not_fit_leaves_the_code_as_it_is(
    http: aiohttp.ClientSession, wrong: dict[str, str]
) -> None:
    form = form_for(await code_for(http))
    status, refused = await ask(http, "token", {**form, **wrong})
    assert (status, refused["error"]) == (400, "invalid_grant")
    assert (await ask(http, "token", form))[0] == 200


@pytest.mark.parametrize("missing", ["code", "redirect_uri"])
async def test_what_is_missing_is_named(http: aiohttp.ClientSession, missing: str) -> None:
    form = form_for(await code_for(http))
    del form[missing]
    status, refused = await ask(http, "token", form)
    said = f"missing required parameter '{missing}'"
    assert (status, refused) == (400, {"error": "invalid_request", "error_description": said})


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        pytest.param({"response_type": ""}, "invalid_request", id="no response_type"),
        pytest.param({"response_type": "token"}, "unsupported_response_type", id="implicit"),
        pytest.param({"response_mode": "pigeon"}, "unsupported_response_mode", id="mode"),
        pytest.param({"prompt": "none login"}, "invalid_request", id="none and more"),
        pytest.param({"prompt": "dance"}, "invalid_request", id="unknown prompt"),
        pytest.param({"code_challenge_method": "S256"}, "invalid_request", id="no challenge"),
        pytest.param({"code_challenge": "short"}, "invalid_request", id="short challenge"),
        pytest.param(
            {"code_challenge": CHALLENGE, "code_challenge_method": "S512"},
            "invalid_request",
            id="unknown method",
        ),
    ],
)
async def test_a_mistake_is_told_to_the_application(
    http: aiohttp.ClientSession, asked: dict[str, str], error: str
) -> None:
    status, address, _ = await go(http, **asked)
    back = told(address)
    assert (status, back["error"], back["state"]) == (302, error, "st&ate")
    assert back["error_description"]
    assert "code" not in back


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        pytest.param({"client_id": ""}, "invalid_request", id="no client"),
        pytest.param({"redirect_uri": ""}, "invalid_request", id="no address"),
        pytest.param(
            {"redirect_uri": "https://evil.example/cb"}, "redirect_uri_mismatch", id="elsewhere"
        ),
        pytest.param(
            {"redirect_uri": "http://localhost@evil.example/"},
            "redirect_uri_mismatch",
            id="userinfo",
        ),
        pytest.param({"redirect_uri": f"{BACK}#x"}, "redirect_uri_mismatch", id="fragment"),
        pytest.param({"redirect_uri": "javascript:alert(1)"}, "redirect_uri_mismatch", id="script"),
    ],
)
async def test_a_browser_is_sent_nowhere_where_the_address_is_not_known(
    http: aiohttp.ClientSession, asked: dict[str, str], error: str
) -> None:
    status, address, body = await go(http, **asked)
    assert (status, address) == (400, "")
    assert f'"error":"{error}"' in body


async def test_configured_addresses_are_all_that_is_taken(http: aiohttp.ClientSession) -> None:
    mine = "https://app.example.com/cb?a=1"
    await set_to(http, redirectUris=[mine])
    assert (await go(http))[0] == 400
    status, address, _ = await go(http, redirect_uri=mine)
    assert (status, told(address)["a"]) == (302, "1")
    assert (await go(http, redirect_uri=""))[1].startswith("https://app.example.com/cb?a=1&code=")


async def journal_of(http: aiohttp.ClientSession, path: str) -> Json:
    async with http.get("/_mock/requests", params={"route": path}) as reply:
        found: Json = (await reply.json())["requests"][0]
        return found


async def test_the_journal_says_what_the_real_one_would_refuse(http: aiohttp.ClientSession) -> None:
    code = await code_for(http)
    noted = await journal_of(http, "/oidc/auth")
    assert "redirectUris is empty" in noted["why"]["real"]
    assert code not in str(noted)
    await set_to(http, redirectUris=[BACK])
    await code_for(http)
    assert (await journal_of(http, "/oidc/auth"))["why"] is None


async def test_the_fragment_takes_the_answer_along(http: aiohttp.ClientSession) -> None:
    _, address, _ = await go(http, response_mode="fragment")
    assert not urlsplit(address).query
    assert set(told(address, "fragment")) == {"code", "state"}


@pytest.mark.parametrize("mode", ["form_post", "web_message"])
async def test_a_page_takes_the_answer_along_and_may_do_nothing_else(
    http: aiohttp.ClientSession, mode: str
) -> None:
    hostile = '"><script>alert(1)</script>'
    query = {**ASKED, "response_mode": mode, "state": hostile}
    async with http.get("/oidc/auth", params=query, headers={SIGN_IN_AS: "alice"}) as reply:
        policy, page = reply.headers["Content-Security-Policy"], await reply.text()
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert hostile not in page
    assert page.count("<script>") == 1


async def test_the_setting_signs_in_whoever_it_names(http: aiohttp.ClientSession) -> None:
    await set_to(http, signInAs="alice")
    for prompt in ("none", "login", "consent", ""):
        status, address, _ = await go(http, None, prompt=prompt)
        assert (status, set(told(address))) == (302, {"code", "state"}), prompt


@pytest.mark.parametrize("name", ["alice@example.com", "18812348888", "+8618812348888"])
async def test_a_user_may_be_named_by_what_they_sign_in_with(
    http: aiohttp.ClientSession, name: str
) -> None:
    assert (await go(http, name))[0] == 302


async def test_whoever_is_named_must_be_there(http: aiohttp.ClientSession) -> None:
    status, address, body = await go(http, "nobody")
    assert (status, address) == (400, "")
    assert "signInAs names no user" in body


async def test_nobody_is_asked_where_nobody_may_be(http: aiohttp.ClientSession) -> None:
    _, address, _ = await go(http, None, prompt="none")
    assert told(address)["error"] == "login_required"


async def test_a_deleted_users_code_gives_nothing(http: aiohttp.ClientSession) -> None:
    code = await code_for(http)
    async with http.get("/_mock/users", params={"username": "alice"}) as reply:
        [user] = (await reply.json())["users"]
    async with http.delete(f"/_mock/users/{user['userId']}") as reply:
        assert reply.status == 200
    assert (await ask(http, "token", form_for(code)))[1]["error"] == "invalid_grant"


async def test_the_posted_request_is_answered_like_the_linked_one(
    http: aiohttp.ClientSession,
) -> None:
    headers = {SIGN_IN_AS: "alice"}
    async with http.post("/oidc/auth", data=ASKED, headers=headers, allow_redirects=False) as reply:
        assert reply.status == 302
        assert "code" in told(reply.headers["Location"])


async def test_oauth_has_twins(http: aiohttp.ClientSession) -> None:
    query = urlencode({**ASKED, "scope": "user"})
    headers = {SIGN_IN_AS: "alice"}
    async with http.get(f"/oauth/auth?{query}", headers=headers, allow_redirects=False) as reply:
        code = told(reply.headers["Location"])["code"]
    async with http.post("/oauth/token", data=form_for(code)) as reply:
        data: dict[str, Any] = await reply.json()
    assert "id_token" not in data
    assert (await get(http, "/oauth/me", data["access_token"]))["username"] == "alice"
