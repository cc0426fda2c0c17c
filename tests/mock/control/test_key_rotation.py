"""Signing keys that rotate: new tokens name the new key, old ones verify until they have expired."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import TYPE_CHECKING

import aiohttp
import jwt
import pytest

from aiogenauth import AuthenticationClient, TokenKeyUnknown
from genauth_mock.runtime.options import Options
from genauth_mock.seeds.seed import AppSeed, UserSeed
from genauth_mock.server.launch import running
from tests.mock.support.http import post
from tests.mock.support.tokens import ALICE, APP, PASSWORD, Json, advance, ask, set_to, verified

if TYPE_CHECKING:
    from genauth_mock.server.launch import Running
    from tests.mock.support.http import Http

DAYS = 24 * 3600


async def published(http: aiohttp.ClientSession) -> list[str]:
    async with http.get("/oidc/.well-known/jwks.json") as reply:
        return [key["kid"] for key in (await reply.json())["keys"]]


async def rotate(http: aiohttp.ClientSession, **body: object) -> Json:
    answer: Json = await post(http, "/_mock/keys/rotate", body)
    return answer


async def new_token(http: aiohttp.ClientSession) -> str:
    return str((await post(http, "/_mock/users", {}))["accessToken"])


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


async def test_the_key_before_is_published_until_its_tokens_have_expired(
    http: aiohttp.ClientSession,
) -> None:
    old = await new_token(http)
    said = await rotate(http)
    new = await new_token(http)
    assert kid_of(new) == said["kid"] != kid_of(old)
    assert said["published"] == [kid_of(new), kid_of(old)] == await published(http)
    for token in (old, new):
        assert (await verified(http, token))["sub"]
    await advance(http, 14 * DAYS - 60)
    assert await published(http) == [kid_of(new), kid_of(old)]
    await advance(http, 60)
    assert await published(http) == [kid_of(new)]
    assert (await rotate(http))["published"][1:] == [kid_of(new)]


async def test_keys_before_are_forgotten_at_once_where_that_is_asked(
    http: aiohttp.ClientSession,
) -> None:
    await rotate(http)
    said = await rotate(http, forget=True)
    assert said["published"] == [said["kid"]] == await published(http)


async def is_taken(http: aiohttp.ClientSession, token: str) -> list[bool]:
    """Say whether each call that looks at an access token takes it."""
    headers = {"authorization": f"Bearer {token}"}
    async with http.get("/oidc/me", headers=headers) as me:
        shown = me.status == 200
    async with http.get("/api/v3/get-profile", headers=headers) as profile:
        read = (await profile.json())["statusCode"] == 200
    active = (await ask(http, "token/introspection", {**APP, "token": token}))[1]["active"]
    return [shown, read, bool(active)]


async def test_what_a_forgotten_key_signed_is_refused_and_of_a_published_one_taken(
    http: aiohttp.ClientSession,
) -> None:
    old = await new_token(http)
    await rotate(http)
    assert await is_taken(http, old) == [True, True, True]
    middle = await new_token(http)
    await rotate(http, forget=True)
    assert await is_taken(http, old) == await is_taken(http, middle) == [False, False, False]
    assert await is_taken(http, await new_token(http)) == [True, True, True]


DEEP = b64encode(b"[" * 4_000).decode()


@pytest.mark.parametrize("token", ["by-hand", f"{DEEP}.e30.by-hand"], ids=["plain", "deep"])
async def test_a_token_that_was_chosen_by_hand_has_no_key_to_forget(token: str) -> None:
    seed = AppSeed("mine", users=(UserSeed(username="ann", access_token=token),))
    options = Options(seeded_apps={"mine": seed})
    async with running(options) as server, aiohttp.ClientSession(server.url) as http:
        headers = {"authorization": token, "x-authing-app-id": "mine"}
        for _ in range(2):
            async with http.get("/api/v3/get-profile", headers=headers) as reply:
                assert (await reply.json())["data"]["username"] == "ann"
            await rotate(http, forget=True)


async def test_a_signed_out_browser_must_show_an_id_token_of_a_published_key(
    http: aiohttp.ClientSession,
) -> None:
    await post(http, "/_mock/users", ALICE)
    await set_to(http, idTokenSignedResponseAlg="RS256", passwordGrant=True)
    form = {**APP, "grant_type": "password", "username": "alice", "password": PASSWORD}
    hint = str((await ask(http, "token", {**form, "scope": "openid"}))[1]["id_token"])

    async def said(token: str) -> tuple[int, str]:
        async with http.get("/oidc/session/end", params={"id_token_hint": token}) as reply:
            told: dict[str, object] = await reply.json() if reply.status == 400 else {}
            return reply.status, str(told.get("error_description", ""))

    forged = (400, "could not validate id_token_hint (invalid signature)")
    assert await said(hint) == (200, "")
    assert await said(f"{hint[:-8]}AAAAAAAA") == forged
    await rotate(http, forget=True)
    assert await said(hint) == forged


async def test_an_unknown_name_is_refused(http: aiohttp.ClientSession) -> None:
    before = await published(http)
    assert "forgot" in (await rotate(http, forgot=True))["error"]
    assert await published(http) == before


async def test_the_sdk_fetches_a_new_key_by_itself(
    http: aiohttp.ClientSession, server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aiogenauth.oidc.keys.FETCH_FLOOR", 0)
    async with AuthenticationClient(app_host=server.url, app_id="genauth-mock-app") as client:
        old = await new_token(http)
        await client.introspect_token_offline(old)
        await rotate(http, forget=True)
        new = await new_token(http)
        assert (await client.introspect_token_offline(new)).sub
        with pytest.raises(TokenKeyUnknown):
            await client.introspect_token_offline(old)


async def test_processes_that_share_a_redis_rotate_together(servers: tuple[Http, Http]) -> None:
    first, second = servers
    old = await new_token(second)
    said = await rotate(first)
    assert await published(second) == await published(first)
    assert kid_of(await new_token(second)) == said["kid"]
    assert kid_of(old) in await published(second)


async def test_no_rotation_is_lost_to_another_at_the_same_time(servers: tuple[Http, Http]) -> None:
    await rotate(servers[0], forget=True)
    said = await asyncio.gather(*(rotate(each) for each in servers * 2))
    kids = {each["kid"] for each in said}
    assert len(kids) == 4
    assert kids <= set(await published(servers[0]))
