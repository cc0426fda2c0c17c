"""Tokens over HTTP: verified by PyJWT with the published keys, refreshed, looked into, revoked."""

from __future__ import annotations

import aiohttp
import jwt
import pytest

from tests.mock.support.tokens import (
    ALICE,
    APP,
    EVERYTHING,
    advance,
    ask,
    get,
    set_to,
    sign_in,
    sign_in_again,
    verified,
)


async def test_tokens_verify_with_the_published_keys(http: aiohttp.ClientSession) -> None:
    data = await sign_in(http)
    access, identity = [await verified(http, data[name]) for name in ("access_token", "id_token")]
    assert access["sub"] == identity["sub"]
    assert access["scope"] == EVERYTHING
    assert access["exp"] - access["iat"] == data["expires_in"] == data["expire_in"] == 1_209_600
    assert {
        "username": "alice",
        "nickname": "Al",
        "email_verified": True,
    }.items() <= identity.items()


async def test_a_token_of_a_user_made_for_a_test_verifies_too(http: aiohttp.ClientSession) -> None:
    async with http.post("/_mock/users", json=ALICE) as reply:
        user = await reply.json()
    assert (await verified(http, user["accessToken"]))["sub"] == user["userId"]


async def test_a_forged_token_is_refused(http: aiohttp.ClientSession) -> None:
    token = (await sign_in(http))["access_token"]
    async with http.post("/_mock/users", json={"username": "bob"}) as reply:
        head, payload, _ = (await reply.json())["accessToken"].split(".")
    forged = ".".join((head, payload, token.split(".")[2]))
    with pytest.raises(jwt.InvalidSignatureError):
        await verified(http, forged)
    assert (await get(http, "/api/v3/get-profile", forged))["statusCode"] == 401


PROFILE = {
    *("name", "nickname", "given_name", "family_name", "middle_name", "preferred_username"),
    *("picture", "profile", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at"),
}


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        pytest.param("openid", set[str](), id="openid alone"),
        pytest.param("openid phone", {"phone_number", "phone_number_verified"}, id="phone"),
        pytest.param("openid email", {"email", "email_verified"}, id="email"),
        pytest.param("openid username", {"username"}, id="username"),
        pytest.param("openid profile", PROFILE, id="profile"),
    ],
)
async def test_the_id_token_and_me_show_what_the_scope_names(
    http: aiohttp.ClientSession, scope: str, shown: set[str]
) -> None:
    data = await sign_in(http, scope)
    claims = await verified(http, data["id_token"])
    assert set(claims) - {"iss", "sub", "aud", "iat", "exp"} == shown
    assert set(await get(http, "/oidc/me", data["access_token"])) - {"sub"} == shown


@pytest.mark.parametrize(
    ("scope", "id_token", "refresh_token"),
    [
        pytest.param(None, True, False, id="none asked for"),
        pytest.param("openid", True, False, id="openid"),
        pytest.param("openid offline_access", True, True, id="offline_access"),
        pytest.param("profile", False, False, id="without openid"),
    ],
)
async def test_the_scope_decides_which_tokens_come(
    http: aiohttp.ClientSession, scope: str | None, id_token: bool, refresh_token: bool
) -> None:
    data = await sign_in(http, scope)
    assert ("id_token" in data, "refresh_token" in data) == (id_token, refresh_token)
    assert data.get("scope") == scope


async def test_a_refresh_token_works_once(http: aiohttp.ClientSession) -> None:
    data = await sign_in(http)
    form = {**APP, "grant_type": "refresh_token", "refresh_token": data["refresh_token"]}
    status, fresh = await ask(http, "token", form)
    assert status == 200
    assert (await verified(http, fresh["access_token"]))["scope"] == EVERYTHING
    status, refused = await ask(http, "token", form)
    assert (status, refused["error"]) == (400, "invalid_grant")
    again = {**form, "refresh_token": fresh["refresh_token"]}
    assert (await ask(http, "token", again))[0] == 200


@pytest.mark.parametrize(("seconds", "status"), [(99, 200), (100, 400)])
async def test_a_refresh_token_lives_as_long_as_the_setting_says(
    http: aiohttp.ClientSession, seconds: int, status: int
) -> None:
    await set_to(http, refreshTokenLifetimeSeconds=100)
    async with http.post("/_mock/clock", json={"frozen": True}):
        data = await sign_in(http)
    await advance(http, seconds)
    form = {**APP, "grant_type": "refresh_token", "refresh_token": data["refresh_token"]}
    assert (await ask(http, "token", form))[0] == status


async def test_a_refresh_gives_a_narrower_scope_and_never_a_wider_one(
    http: aiohttp.ClientSession,
) -> None:
    data = await sign_in(http, "openid phone offline_access")
    form = {**APP, "grant_type": "refresh_token", "refresh_token": data["refresh_token"]}
    status, refused = await ask(http, "token", {**form, "scope": "openid email"})
    assert (status, refused["error"]) == (400, "invalid_scope")
    status, fresh = await ask(http, "token", {**form, "scope": "openid"})
    assert (status, fresh["scope"]) == (200, "openid")


async def test_an_access_token_expires_by_the_apps_clock(http: aiohttp.ClientSession) -> None:
    token = (await sign_in(http))["access_token"]
    await advance(http, 1_209_600)
    assert (await get(http, "/api/v3/get-profile", token))["statusCode"] == 401
    assert (await ask(http, "token/introspection", {**APP, "token": token}))[1] == {"active": False}
    assert (await verified(http, token))["sub"], "a verifier lives in real time"


async def test_a_token_from_an_advanced_clock_is_early_for_a_verifier(
    http: aiohttp.ClientSession,
) -> None:
    await sign_in(http)
    await advance(http, 1_209_600)
    token = (await sign_in_again(http, EVERYTHING))["access_token"]
    with pytest.raises(jwt.ImmatureSignatureError):
        await verified(http, token)
    assert (await verified(http, token, verify_iat=False))["sub"]


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
async def test_what_is_looked_into_is_told(http: aiohttp.ClientSession, which: str) -> None:
    data = await sign_in(http)
    status, seen = await ask(http, "token/introspection", {**APP, "token": data[which]})
    assert status == 200
    assert {
        "active": True,
        "client_id": APP["client_id"],
        "scope": EVERYTHING,
    }.items() <= seen.items()
    assert set(seen) == {
        *("active", "sub", "client_id", "exp", "iat", "iss", "jti", "scope", "token_type")
    }


@pytest.mark.parametrize("token", ["id_token", "unknown"])
async def test_what_is_no_access_or_refresh_token_is_not_active(
    http: aiohttp.ClientSession, token: str
) -> None:
    data = {**await sign_in(http), "unknown": "x"}
    seen = await ask(http, "token/introspection", {**APP, "token": data[token]})
    assert seen == (200, {"active": False})


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
async def test_a_revoked_token_is_dead_and_the_other_lives_on(
    http: aiohttp.ClientSession, which: str
) -> None:
    data = await sign_in(http)
    status, answer = await ask(http, "token/revocation", {**APP, "token": data[which]})
    assert (status, answer) == (200, {})
    for name in ("access_token", "refresh_token"):
        seen = await ask(http, "token/introspection", {**APP, "token": data[name]})
        assert seen[1]["active"] is (name != which)


async def test_revoking_what_is_unknown_succeeds(http: aiohttp.ClientSession) -> None:
    assert (await ask(http, "token/revocation", {**APP, "token": "unknown"}))[0] == 200


async def test_without_rotation_the_same_refresh_token_goes_on_until_it_expires(
    http: aiohttp.ClientSession,
) -> None:
    await set_to(http, refreshTokenRotation=False, refreshTokenLifetimeSeconds=100)
    data = await sign_in(http)
    form = {**APP, "grant_type": "refresh_token", "refresh_token": data["refresh_token"]}
    for _ in range(2):
        status, fresh = await ask(http, "token", form)
        assert (status, fresh["refresh_token"]) == (200, data["refresh_token"])
    await advance(http, 100)
    assert (await ask(http, "token", form))[0] == 400


async def test_a_successor_covers_as_much_as_the_refresh_token_before_it(
    http: aiohttp.ClientSession,
) -> None:
    data = await sign_in(http)
    form = {**APP, "grant_type": "refresh_token", "refresh_token": data["refresh_token"]}
    narrow = (await ask(http, "token", {**form, "scope": "openid"}))[1]
    wide = (await ask(http, "token", {**form, "refresh_token": narrow["refresh_token"]}))[1]
    assert (narrow["scope"], wide["scope"]) == ("openid", EVERYTHING)


@pytest.mark.parametrize(
    ("alg", "signed"), [(None, "HS256"), ("HS256", "HS256"), ("RS256", "RS256")]
)
async def test_the_setting_says_how_id_tokens_are_signed(
    http: aiohttp.ClientSession, alg: str | None, signed: str
) -> None:
    await set_to(http, idTokenSignedResponseAlg=alg)
    data = await sign_in(http)
    head = jwt.get_unverified_header(data["id_token"])
    assert (head["alg"], "kid" in head) == (signed, signed == "RS256")
    assert (await verified(http, data["id_token"]))["sub"]
    assert jwt.get_unverified_header(data["access_token"])["alg"] == "RS256"


async def test_an_app_without_a_secret_signs_with_the_published_key(
    http: aiohttp.ClientSession,
) -> None:
    data = await sign_in(http, **{"x-genauth-app-id": "another"})
    assert jwt.get_unverified_header(data["id_token"])["alg"] == "RS256"


async def test_a_suspended_users_tokens_are_not_active(http: aiohttp.ClientSession) -> None:
    data = await sign_in(http)
    user = await verified(http, data["access_token"])
    changed = {"status": "Suspended"}
    async with http.patch(f"/_mock/users/{user['sub']}", json=changed) as reply:
        assert reply.status == 200
    for name in ("access_token", "refresh_token"):
        seen = await ask(http, "token/introspection", {**APP, "token": data[name]})
        assert seen[1] == {"active": False}
