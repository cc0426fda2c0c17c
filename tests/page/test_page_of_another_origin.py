"""A single-page app of another origin calls GenAuth's own paths from Chromium, and can do nothing under ``/_mock/``."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.page.support import Mock

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEND: Final = """async ([path, credentials]) => {
  const body = JSON.stringify({channel: "CHANNEL_BIND_PHONE", phoneNumber: "18812348888"});
  const headers = {"content-type": "application/json", "x-genauth-app-id": "spa", authorization: "x"};
  try {
    const answer = await fetch(path, {method: "POST", headers, body, credentials});
    return [answer.status, (await answer.json()).statusCode];
  } catch (error) { return [String(error)]; }
}"""
GET: Final = """async (path) => {
  try { const answer = await fetch(path); return [answer.status, Object.keys(await answer.json())[0]]; }
  catch (error) { return [String(error)]; }
}"""
BLOCKED: Final = ["TypeError: Failed to fetch"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_single_page_app_calls_the_api_and_reads_the_keys(
    mock: Mock, tab: Page, host: str
) -> None:
    async def serve(_: web.Request) -> web.Response:
        return web.Response(text="<h1>an application</h1>", content_type="text/html")

    application = web.Application()
    application.router.add_get("/", serve)
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(TestServer(application))
        await tab.goto(str(site.make_url("/").with_host(host)))
        send = f"{mock.url}/api/v3/send-sms"
        assert await tab.evaluate(SEND, [send, "include"]) == [200, 200]
        assert await tab.evaluate(SEND, [send, "omit"]) == [200, 422]
        await mock.as_app("spa").post("/_mock/faults", {"route": "send-sms", "httpStatus": 503})
        assert (await tab.evaluate(SEND, [send, "include"]))[0] == 503
        keys = f"{mock.url}/oidc/.well-known/jwks.json"
        assert await tab.evaluate(GET, keys) == [200, "keys"]
        assert await tab.evaluate(GET, f"{mock.url}/_mock/messages") == BLOCKED
        assert await tab.evaluate(SEND, [f"{mock.url}/_mock/reset", "omit"]) == BLOCKED
