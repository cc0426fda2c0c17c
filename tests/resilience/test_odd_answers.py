"""Answers that a spoiled server once broke the SDK with, each in one small example."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from aiogenauth import AuthenticationClient, OutcomeUnknown


@asynccontextmanager
async def served(answers: dict[str, object]) -> AsyncGenerator[str]:
    """Serve one JSON answer for each path, and nothing for others."""

    async def handle(request: web.Request) -> web.Response:
        return web.json_response(answers.get(request.path))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    async with TestServer(app) as server:
        yield str(server.make_url(""))


@pytest.mark.parametrize("seconds", [10**20, -(10**20), 1e300])
async def test_a_lifetime_that_nothing_can_have_is_left_out_and_the_token_kept(
    seconds: float,
) -> None:
    data = {"access_token": "token", "token_type": "Bearer", "expires_in": seconds}
    answers: dict[str, object] = {
        "/api/v3/signin": {"statusCode": 200, "message": "", "data": data}
    }
    async with served(answers) as url, AuthenticationClient("app", url) as client:
        signed_in = await client.sign_in_by_username_password("name", "password")
    assert signed_in.access_token == "token"
    assert signed_in.expires_in is None
    assert signed_in.expires_at is None


@pytest.mark.parametrize("phone", [[], {}, [[None]]])
async def test_a_profile_whose_number_is_no_text_confirms_nothing(phone: object) -> None:
    profile = {"statusCode": 200, "message": "", "data": {"userId": "id", "phone": phone}}
    async with (
        served({"/api/v3/get-profile": profile}) as url,
        AuthenticationClient("app", url, access_token="token", deadline=0.4) as client,
    ):
        with pytest.raises(OutcomeUnknown):
            await client.unbind_phone("123456")
