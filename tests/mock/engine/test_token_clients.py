"""Who may ask for tokens: clients, secrets, grants; and what the server says about itself."""

from __future__ import annotations

import base64

import aiohttp
import jwt
import pytest

from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.options import Options
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.tokens import (
    ALICE,
    APP,
    PASSWORD,
    Json,
    ask,
    get,
    set_to,
    sign_in,
    verified,
)


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


WAYS = {
    "client_secret_post": APP,
    "client_secret_basic": {},
    "none": {"client_id": APP["client_id"]},
}


@pytest.mark.parametrize("shown", WAYS)
@pytest.mark.parametrize("method", [None, *WAYS])
async def test_a_client_proves_itself_as_its_app_is_set_up_for(
    http: aiohttp.ClientSession, method: str | None, shown: str
) -> None:
    await set_to(http, tokenEndpointAuthMethod=method)
    basic = base64.b64encode(":".join(APP.values()).encode()).decode()
    headers = {"authorization": f"Basic {basic}"} if shown == "client_secret_basic" else {}
    form = {**WAYS[shown], "grant_type": "client_credentials"}
    status, answer = await ask(http, "token", form, **headers)
    if shown == (method or "client_secret_post"):
        assert status == 200
    else:
        assert (status, answer["error"]) == (400 if shown == "none" else 401, "invalid_client")


@pytest.mark.parametrize("form", [{"client_id": "another"}, {}], ids=["nothing", "the header"])
async def test_an_app_that_was_only_named_is_lenient_and_the_journal_says_so(
    http: aiohttp.ClientSession, form: Json
) -> None:
    basic = base64.b64encode(b"another:any").decode()
    headers = {} if form else {"authorization": f"Basic {basic}"}
    asked = {**form, "grant_type": "client_credentials"}
    assert (await ask(http, "token", asked, **headers))[0] == 200
    async with http.get("/_mock/requests", params={"appId": "another"}) as reply:
        why = (await reply.json())["requests"][0]["why"]
    assert "the real GenAuth refuses" in why["real"]


async def test_a_secret_in_two_places_is_refused(http: aiohttp.ClientSession) -> None:
    basic = base64.b64encode(":".join(APP.values()).encode()).decode()
    form = {**APP, "grant_type": "client_credentials"}
    status, refused = await ask(http, "token", form, authorization=f"Basic {basic}")
    assert (status, refused["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(("secret", "status"), [(APP["client_secret"], 200), ("wrong", 401)])
async def test_a_client_may_show_its_secret_in_the_header(
    http: aiohttp.ClientSession, secret: str, status: int
) -> None:
    await set_to(http, tokenEndpointAuthMethod="client_secret_basic")
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
        pytest.param(
            "http://genauth.ai/oidc/grant_type/genauth_token",
            501,
            "unsupported_grant_type",
            id="not imitated",
        ),
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


@pytest.mark.parametrize("path", ["/oidc/nothing", "/oidc/token", "/oauth/nothing"])
async def test_an_unknown_route_is_told_without_envelope(
    http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(path) as reply:
        assert reply.status == 404
        said = f"unrecognized route or not allowed method (GET on {path})"
        assert await reply.json() == {"error": "invalid_request", "error_description": said}


@pytest.mark.parametrize("path", ["/api/v2/saml-idp/app", "/cas-idp/logout"])
async def test_saml_and_the_rest_of_cas_are_loudly_not_imitated(
    http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(path) as reply:
        assert reply.status == 501
        assert "not imitated" in (await reply.json())["message"]


@pytest.mark.parametrize("name", ["jwks.json", "openid-configuration"])
async def test_an_app_has_the_same_below_its_id(http: aiohttp.ClientSession, name: str) -> None:
    async with http.get(f"/oidc/.well-known/{name}") as reply:
        expected = await reply.json()
    async with http.get(f"/any-app/oidc/.well-known/{name}") as reply:
        assert (reply.status, await reply.json()) == (200, expected)


async def test_json_in_the_place_of_a_form_is_refused(http: aiohttp.ClientSession) -> None:
    async with http.post("/oidc/token", json=APP) as reply:
        form = "application/x-www-form-urlencoded"
        said = f"only {form} content-type bodies are supported on POST /oidc/token"
        assert reply.status == 400
        assert await reply.json() == {"error": "invalid_request", "error_description": said}


async def test_what_the_server_says_about_itself_is_all_there(http: aiohttp.ClientSession) -> None:
    async with http.get("/oidc/.well-known/openid-configuration") as reply:
        about = await reply.json()
        assert about["issuer"] == f"{reply.url.origin()}/oidc"
    imitated = {name for name in about if name.endswith("_endpoint")} - {"end_session_endpoint"}
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


async def test_a_token_of_an_app_whose_id_is_no_utf_8_is_readable() -> None:
    stray = b"app-\xff".decode(errors="surrogateescape")
    user = await InProcessGenAuth(Options(app_id=stray)).new_user(username="ada")
    claims = jwt.decode(user.access_token, options={"verify_signature": False})
    assert claims["aud"] == "app-?"


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
    async with http.post("/api/v3/signin", json={**APP, "connection": connection}) as reply:
        answer = await reply.json()
    assert answer["statusCode"] == 501
    assert "not imitated" in answer["message"]
