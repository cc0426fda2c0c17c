"""The frame around the parts: its files, the connection to the server, and the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.page.support import Mock

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

    from tests.page.support import Complaints, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"


async def test_every_answer_forbids_what_the_page_does_not_need(mock: Mock) -> None:
    for path in ("/", "/_mock/page/app.js", "/_mock/page/style.css", "/_mock/page/icon.svg"):
        async with mock.http.get(mock.url + path) as reply:
            assert reply.status == 200
            policy = reply.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert "require-trusted-types-for 'script'" in policy
            assert reply.headers["X-Content-Type-Options"] == "nosniff"
            assert reply.headers["Referrer-Policy"] == "no-referrer"


async def test_file_that_did_not_change_is_not_sent_again(mock: Mock) -> None:
    async with mock.http.get(mock.url + "/") as reply:
        assert reply.headers["Cache-Control"] == "no-cache"
        etag = reply.headers["ETag"]
    async with mock.http.get(mock.url + "/", headers={"If-None-Match": etag}) as again:
        assert again.status == 304
        assert await again.read() == b""


@pytest.mark.parametrize(
    "name", ["__init__.py", "nothing.js", "..%2fserver.py", "__pycache__", "style.css%00"]
)
async def test_page_gives_out_its_own_files_only(mock: Mock, name: str) -> None:
    async with mock.http.get(f"{mock.url}/_mock/page/{name}") as reply:
        assert reply.status == 404


async def test_page_returns_by_itself_when_the_server_does(
    tab: Page, complaints: Complaints
) -> None:
    async with running(Options()) as first:
        await tab.goto(first.url)
        await expect(tab.locator("#connection")).to_have_text("Live")
    await expect(tab.locator("#connection")).to_have_text("Reconnecting")

    async with running(Options(), port=int(first.url.rpartition(":")[2])) as second:
        await expect(tab.locator("#connection")).to_have_text("Live")
        await tab.get_by_role("button", name="Send", exact=True).click()
        await expect(tab.locator(".message")).to_have_count(1)
        await tab.goto("about:blank")
        assert second.url == first.url
    complaints.forget("net::ERR_")
    assert complaints.said == []


async def test_page_asks_for_the_control_token_where_one_is_set(
    tab: Page, complaints: Complaints
) -> None:
    async with running(Options(control_token="open-sesame")) as serving:
        await tab.goto(serving.url)
        await tab.get_by_role("textbox", name="Control token").fill("open-sesame")
        await tab.keyboard.press("Enter")
        await expect(tab.locator("#connection")).to_have_text("Live")
        await expect(tab.get_by_role("heading", name="No code was sent yet")).to_be_visible()
        await tab.goto("about:blank")
    complaints.forget("401 (Unauthorized)")
    assert complaints.said == []


async def test_page_takes_the_control_token_out_of_its_address(tab: Page) -> None:
    async with running(Options(control_token="open-sesame")) as serving:
        await tab.goto(f"{serving.url}/#token=open-sesame")
        await expect(tab.locator("#connection")).to_have_text("Live")
        assert tab.url == f"{serving.url}/"
        await tab.goto("about:blank")


async def test_keyboard_alone_reaches_and_does_everything(mock: Mock, open_page: OpenPage) -> None:
    first = await mock.send_sms(NUMBER)
    second = await mock.send_sms("18600000001")
    page = await open_page()
    await expect(page.locator(".message")).to_have_count(2)

    await _press(page, "Tab")
    await expect(page.get_by_role("link", name="Skip to the messages")).to_be_focused()
    await _press(page, "Enter")
    await expect(page.locator("main")).to_be_focused()
    await _press(page, "j")
    await expect(page.get_by_role("button", name=f"{second} Copy")).to_be_focused()
    await _press(page, "j", "Enter")
    await expect(page.locator("#toast")).to_have_text(f"Copied {first}")
    await _press(page, "2")
    await expect(page.get_by_role("heading", name="Users", exact=True)).to_be_visible()
    await _press(page, "/", *"186c")
    await expect(page.locator("#find")).to_have_value("186c")
    await _press(page, "Tab", "Tab", "Tab", "?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await _press(page, "Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_single_keys_can_be_switched_off(mock: Mock, open_page: OpenPage) -> None:
    await mock.freeze()
    page = await open_page()
    await page.get_by_role("button", name="Help").click()
    await page.get_by_label("Single keys act as shortcuts").uncheck()
    await page.keyboard.press("Escape")

    await page.keyboard.press("2")
    await page.keyboard.press("?")

    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


async def test_every_tab_stop_shows_the_focus(open_page: OpenPage) -> None:
    page = await open_page()
    seen: list[str] = []
    for _ in range(14):
        await page.keyboard.press("Tab")
        outline: str = await page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle + document.activeElement.tagName"
        )
        seen.append(outline)
    assert [outline for outline in seen if not outline.startswith("solid")] == []


async def _press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


@pytest.mark.parametrize("address", ["/genauth/", "/genauth"])
async def test_page_works_below_a_path(
    address: str, window: BrowserContext, complaints: Complaints
) -> None:
    """As behind a proxy that forwards the path; everything that it asks for is below it."""
    async with running(Options(public_url="https://login.example.com/genauth")) as serving:
        page = await window.new_page()
        complaints.listen_to(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        await page.goto(f"{serving.url}{address}")
        await expect(page.locator("#connection")).to_have_text("Live")
        await page.get_by_role("link", name="Users").click()
        await page.get_by_role("button", name="New user").click()
        await page.get_by_role("button", name="Create user").click()
        await expect(page.get_by_text("User created")).to_be_visible()
        await expect(page.locator("#new-user-token")).to_contain_text(
            f"{serving.url}/genauth/api/v3/"
        )
        await page.close()
    assert {path for path in asked if not path.startswith("/genauth/")} <= {address}
    assert complaints.said == []
