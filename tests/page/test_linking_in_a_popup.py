"""A page opens a popup that links an account elsewhere: the person chooses one, and the page hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import BrowserContext

    from tests.page.support import Mock

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHOP = "http://localhost:3000/"
OPEN = """address => {
    window.heard = new Promise(resolve => addEventListener("message", one => resolve(one.data)));
    window.open(address);
}"""


async def test_the_page_that_opened_the_link_is_told_which_account_was_chosen(
    window: BrowserContext, mock: Mock
) -> None:
    accounts = [{"userIdInIdp": f"o-{n}", "userInfo": {"nickname": f"Ada {n}"}} for n in (1, 2)]
    provider = {"identifier": "wx", "type": "wechat", "accounts": accounts}
    await mock.post("/_mock/settings", {"extIdps": [provider]})
    await mock.new_user(username="ada", password="a-secret")
    named = {"username": "ada", "password": "a-secret"}
    proof = {"client_id": mock.app_id, "client_secret": "genauth-mock-secret"}
    body = {"connection": "PASSWORD", "passwordPayload": named, **proof}
    tokens = cast("Mapping[str, str]", (await mock.post("/api/v3/signin", body))["data"])
    asked = {"ext_idp_conn_identifier": "wx", "app_id": mock.app_id, "id_token": tokens["id_token"]}
    page = await window.new_page()
    await page.route(
        SHOP, lambda route: route.fulfill(body="<p>shop</p>", content_type="text/html")
    )
    await page.goto(SHOP)
    async with page.expect_popup() as opening:
        await page.evaluate(OPEN, f"{mock.url}/api/v3/link-extidp?{urlencode(asked)}")
    popup = await opening.value
    async with popup.expect_event("close"):
        await popup.get_by_role("button", name="Ada 2").click()
    told = await page.evaluate("window.heard")
    assert (told["code"], told["data"]["userIdInIdp"]) == (200, "o-2")
    assert told["event"] == {"source": "authing", "eventType": "socialLogin"}
    await page.close()
