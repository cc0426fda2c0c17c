"""Tokens over HTTP: verified by PyJWT with the published keys, refreshed, looked into, revoked; and by whom."""

from __future__ import annotations

import base64
from typing import Any

import aiohttp
import jwt
import pytest

from genauth_mock.carried import HttpRequest
from genauth_mock.deployment import Options
from genauth_mock.in_process import InProcessGenAuth

APP = {"client_id": Options().app_id, "client_secret": Options().app_secret}
EVERYTHING = "openid profile username email phone offline_access"
PASSWORD = "correct-horse"
ALICE = {
    "username": "alice",
    "password": PASSWORD,
    "email": "alice@example.com",
    "phoneNumber": "18812348888",
    "nickname": "Al",
}

Json = dict[str, Any]


async def ask(
    http: aiohttp.ClientSession, path: str, form: object = None, **headers: str
) -> tuple[int, Json]:
    """Post a form under ``/oidc/``; give the HTTP status and the answer."""
    async with http.post(f"/oidc/{path}", data=form, headers=headers) as reply:
        content: Json = await reply.json()
        return reply.status, content


async def sign_in(
    http: aiohttp.ClientSession, scope: str | None = EVERYTHING, **headers: str
) -> Json:
    """Make alice, and sign her in."""
    async with http.post("/_mock/users", json=ALICE, headers=headers) as reply:
        assert reply.status == 200
    return await sign_in_again(http, scope, **headers)


async def sign_in_again(http: aiohttp.ClientSession, scope: str | None, **headers: str) -> Json:
    """Sign alice in by her password."""
    body: Json = {
        "connection": "PASSWORD",
        "passwordPayload": {"username": "alice", "password": PASSWORD},
        "options": {} if scope is None else {"scope": scope},
    }
    async with http.post("/api/v3/signin", json=body, headers=headers) as reply:
        data: Json = (await reply.json())["data"]
        return data


async def verified(
    http: aiohttp.ClientSession,
    token: str,
    *,
    audience: str = APP["client_id"],
    verify_iat: bool = True,
) -> Json:
    """Verify a token as an application does: with what the server publishes about itself, and nothing else."""
    async with http.get("/oidc/.well-known/openid-configuration") as reply:
        about = await reply.json()
    async with http.get(about["jwks_uri"]) as reply:
        keys = jwt.PyJWKSet.from_dict(await reply.json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims: Json = jwt.decode(
        token,
        key,
        algorithms=["RS256"],
        audience=audience,
        issuer=about["issuer"],
        options={"verify_iat": verify_iat},
    )
    return claims


async def get(http: aiohttp.ClientSession, path: str, token: str) -> Json:
    """Get something with an access token."""
    async with http.get(path, headers={"authorization": token}) as reply:
        content: Json = await reply.json()
        return content


async def advance(http: aiohttp.ClientSession, seconds: float) -> None:
    """Let the app's time pass."""
    async with http.post("/_mock/clock", json={"advanceSeconds": seconds}) as reply:
        assert reply.status == 200


async def set_to(http: aiohttp.ClientSession, **settings: object) -> None:
    """Change settings."""
    async with http.post("/_mock/settings", json=settings) as reply:
        assert reply.status == 200, await reply.text()


async def test_tokens_verify_with_the_published_keys(http: aiohttp.ClientSession) -> None:
    data = await sign_in(http)
    access, identity = [await verified(http, data[name]) for name in ("access_token", "id_token")]
    assert access["sub"] == identity["sub"]
    assert access["scope"] == EVERYTHING
    assert access["exp"] - access["iat"] == data["expires_in"] == data["expire_in"] == 7200
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


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        pytest.param("openid", set[str](), id="openid alone"),
        pytest.param("openid phone", {"phone_number", "phone_number_verified"}, id="phone"),
        pytest.param("openid email", {"email", "email_verified"}, id="email"),
        pytest.param("openid username", {"username"}, id="username"),
        pytest.param("openid profile", {"nickname", "gender", "updated_at"}, id="profile"),
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
    await advance(http, 7200)
    assert (await get(http, "/api/v3/get-profile", token))["statusCode"] == 401
    assert (await ask(http, "token/introspection", {**APP, "token": token}))[1] == {"active": False}
    assert (await verified(http, token))["sub"], "a verifier lives in real time"


async def test_a_token_from_an_advanced_clock_is_early_for_a_verifier(
    http: aiohttp.ClientSession,
) -> None:
    await sign_in(http)
    await advance(http, 7200)
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
    assert (status, answer["data"]) == (200, {"success": True})
    for name in ("access_token", "refresh_token"):
        seen = await ask(http, "token/introspection", {**APP, "token": data[name]})
        assert seen[1]["active"] is (name != which)


async def test_revoking_what_is_unknown_succeeds(http: aiohttp.ClientSession) -> None:
    assert (await ask(http, "token/revocation", {**APP, "token": "unknown"}))[0] == 200


@pytest.mark.parametrize(
    ("client", "status"),
    [
        pytest.param({}, 400, id="nobody"),
        pytest.param({"client_id": APP["client_id"]}, 400, id="no secret"),
        pytest.param({**APP, "client_secret": "wrong"}, 401, id="a wrong secret"),
    ],
)
@pytest.mark.parametrize("path", ["token", "token/introspection", "token/revocation"])
async def test_a_client_has_to_show_its_secret(
    http: aiohttp.ClientSession, path: str, client: Json, status: int
) -> None:
    form = {**client, "grant_type": "client_credentials", "token": "x"}
    answered, refused = await ask(http, path, form)
    assert (answered, refused["error"]) == (status, "invalid_client")
    if status == 400:
        assert "token_endpoint_auth_method" in refused["error_description"]


@pytest.mark.parametrize(("secret", "status"), [(APP["client_secret"], 200), ("wrong", 401)])
async def test_a_client_may_show_its_secret_in_the_header(
    http: aiohttp.ClientSession, secret: str, status: int
) -> None:
    basic = base64.b64encode(f"{APP['client_id']}:{secret}".encode()).decode()
    form = {"grant_type": "client_credentials"}
    assert (await ask(http, "token", form, authorization=f"Basic {basic}"))[0] == status


async def test_a_header_that_is_no_base64_is_no_client(http: aiohttp.ClientSession) -> None:
    answered = await ask(http, "token", {"grant_type": "password"}, authorization="Basic ?")
    assert answered[0] == 400


async def test_an_app_that_was_only_named_takes_any_secret(http: aiohttp.ClientSession) -> None:
    form = {"client_id": "another", "client_secret": "any", "grant_type": "client_credentials"}
    assert (await ask(http, "token", form))[0] == 200


async def test_a_client_is_not_another_app(http: aiohttp.ClientSession) -> None:
    form = {**APP, "grant_type": "client_credentials"}
    status, refused = await ask(http, "token", form, **{"x-genauth-app-id": "another"})
    assert (status, refused["error"]) == (401, "invalid_client")


async def test_one_apps_tokens_are_nothing_to_another(http: aiohttp.ClientSession) -> None:
    data = await sign_in(http, **{"x-genauth-app-id": "another"})
    form = {**APP, "token": data["access_token"]}
    assert (await ask(http, "token/introspection", form))[1] == {"active": False}
    claims = await verified(http, data["access_token"], audience="another")
    assert claims["aud"] == "another"
    me = await get(http, "/oidc/me", f"Bearer {data['access_token']}")
    assert me["sub"] == claims["sub"]


async def test_a_password_gives_tokens_where_the_app_allows_it(http: aiohttp.ClientSession) -> None:
    await sign_in(http)
    form = {**APP, "grant_type": "password", "username": "alice", "password": PASSWORD}
    status, data = await ask(http, "token", {**form, "scope": "openid username"})
    assert status == 200
    assert (await verified(http, data["id_token"]))["username"] == "alice"
    status, refused = await ask(http, "token", {**form, "password": "wrong"})
    assert (status, refused["error"]) == (400, "invalid_grant")
    await set_to(http, passwordGrant=False)
    status, refused = await ask(http, "token", form)
    assert (status, refused["error"]) == (400, "unauthorized_client")


@pytest.mark.parametrize(
    ("grant_type", "status", "error"),
    [
        pytest.param("authorization_code", 501, "unsupported_grant_type", id="not imitated"),
        pytest.param("magic", 400, "unsupported_grant_type", id="unknown"),
        pytest.param(None, 400, "invalid_request", id="missing"),
        pytest.param("refresh_token", 400, "invalid_request", id="without its parameter"),
    ],
)
async def test_other_grants_are_refused(
    http: aiohttp.ClientSession, grant_type: str | None, status: int, error: str
) -> None:
    form = APP if grant_type is None else {**APP, "grant_type": grant_type}
    answered, refused = await ask(http, "token", form)
    assert (answered, refused["error"]) == (status, error)


@pytest.mark.parametrize("path", ["/oidc/auth", "/oidc/session/end", "/oauth/token"])
async def test_the_pages_of_a_flow_are_loudly_not_imitated(
    http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(path) as reply:
        assert reply.status == 501
        assert "not imitated" in (await reply.json())["message"]


@pytest.mark.parametrize("authorization", ["", "Bearer x", "Bearer a.b.c", "Bearer a.e30.c"])
async def test_me_needs_a_token_that_lives(http: aiohttp.ClientSession, authorization: str) -> None:
    async with http.get("/oidc/me", headers={"authorization": authorization}) as reply:
        assert reply.status == 401
        assert reply.headers["WWW-Authenticate"].startswith("Bearer ")
        assert (await reply.json())["error"] == "invalid_token"


async def test_me_takes_a_token_in_its_form_too(http: aiohttp.ClientSession) -> None:
    token = (await sign_in(http))["access_token"]
    assert (await ask(http, "me", {"access_token": token}))[0] == 200


async def test_json_in_the_place_of_a_form_is_refused(http: aiohttp.ClientSession) -> None:
    async with http.post("/oidc/token", json=APP) as reply:
        assert "takes a form, not JSON" in (await reply.json())["message"]


async def test_what_the_server_says_about_itself_is_all_there(http: aiohttp.ClientSession) -> None:
    async with http.get("/oidc/.well-known/openid-configuration") as reply:
        about = await reply.json()
        assert about["issuer"] == f"{reply.url.origin()}/oidc"
    imitated = {name for name in about if name.endswith("_endpoint")} - {
        *("authorization_endpoint", "end_session_endpoint")
    }
    for name in imitated:
        async with http.post(about[name]) as reply:
            assert reply.status in {400, 401}, name


async def test_the_published_key_is_public(http: aiohttp.ClientSession) -> None:
    async with http.get("/oidc/.well-known/jwks.json") as reply:
        [key] = (await reply.json())["keys"]
    assert {"kty": "RSA", "alg": "RS256", "use": "sig"}.items() <= key.items()
    assert set(key) == {"kty", "alg", "use", "kid", "n", "e"}


async def test_the_journal_masks_what_is_secret(http: aiohttp.ClientSession) -> None:
    data = await sign_in(http)
    form = {**APP, "grant_type": "refresh_token", "refresh_token": data["refresh_token"]}
    fresh = (await ask(http, "token", form))[1]
    async with http.get("/_mock/requests") as reply:
        written = await reply.text()
    secrets = [PASSWORD, APP["client_secret"]]
    secrets += [each[name] for each in (data, fresh) for name in each if name.endswith("_token")]
    assert not [secret for secret in secrets if secret in written]


async def test_in_process_the_issuer_is_the_host_that_was_called() -> None:
    genauth = InProcessGenAuth()
    user = await genauth.new_user()
    answer = await genauth.answer(HttpRequest("GET", "/oidc/.well-known/jwks.json"))
    key = jwt.PyJWKSet.from_json(answer.body.decode()).keys[0]
    claims = jwt.decode(
        user.access_token,
        key,
        algorithms=["RS256"],
        audience=genauth.app_id,
        issuer=f"{genauth.app_host}/oidc",
    )
    assert claims["sub"] == user.user_id


async def test_a_suspended_user_gets_no_new_tokens(http: aiohttp.ClientSession) -> None:
    suspended = {**ALICE, "status": "Suspended"}
    async with http.post("/_mock/users", json=suspended) as reply:
        assert reply.status == 200
    form = {**APP, "grant_type": "password", "username": "alice", "password": PASSWORD}
    status, refused = await ask(http, "token", form)
    assert (status, refused["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("connection", ["LDAP", "AD"])
async def test_other_connections_are_loudly_not_imitated(
    http: aiohttp.ClientSession, connection: str
) -> None:
    async with http.post("/api/v3/signin", json={"connection": connection}) as reply:
        answer = await reply.json()
    assert answer["statusCode"] == 501
    assert "not imitated" in answer["message"]
