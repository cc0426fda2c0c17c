"""Many windows on one server, a server that goes away, and a link from somewhere else."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from playwright.async_api import expect

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request

    from tests.page.support import Complaints, Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"
NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });"


async def test_seven_windows_share_one_stream_and_all_hear_of_a_code(
    mock: Mock, window: BrowserContext, open_page: OpenPage
) -> None:
    streams: list[str] = []

    def note(request: Request) -> None:
        if "/_mock/events" in request.url:
            streams.append(request.url)

    window.on("request", note)
    pages = [await open_page() for _ in range(7)]

    code = await mock.send_sms(NUMBER)

    for page in pages:
        await expect(page.locator(".digits")).to_have_text([code])
    assert len(streams) == 1
    window.remove_listener("request", note)


async def test_another_window_goes_on_where_the_one_with_the_stream_is_closed(
    mock: Mock, open_page: OpenPage
) -> None:
    first, second = await open_page(), await open_page()
    await first.close()

    code = await mock.send_sms(NUMBER)

    await expect(second.locator(".digits")).to_have_text([code])
    await expect(second.locator("#connection")).to_have_text("Live")


async def test_windows_of_two_apps_hear_of_their_own(mock: Mock, open_page: OpenPage) -> None:
    first, second = await open_page(), await open_page(app_id="checkout")

    code = await mock.as_app("checkout").send_sms(NUMBER)

    await expect(second.locator(".digits")).to_have_text([code])
    await expect(first.get_by_role("heading", name="No code was sent yet")).to_be_visible()


async def test_window_that_cannot_share_asks_again_and_again(
    mock: Mock, window: BrowserContext
) -> None:
    async with AsyncExitStack() as stack:
        pages = [await window.new_page() for _ in range(7)]
        for page in pages:
            stack.push_async_callback(page.close)
            await page.add_init_script(NO_LOCKS)
            await page.goto(mock.url)
            await expect(page.locator("#connection")).to_have_text("Live")
        code = await mock.send_sms(NUMBER)
        for page in pages:
            await expect(page.locator(".digits")).to_have_text([code])


async def test_server_that_is_gone_is_said_in_the_page_and_the_clock_stops(
    tab: Page, complaints: Complaints
) -> None:
    async with running(Options()) as first:
        await tab.goto(first.url)
        await expect(tab.locator("#connection")).to_have_text("Live")
        await expect(tab.locator("#clock-time")).not_to_have_text("--:--:--")
    gone = tab.locator("#gone")
    await expect(gone).to_contain_text("does not answer")
    stopped = await tab.locator("#clock-time").inner_text()
    await expect(gone).to_contain_text(f"how it was at {stopped}")
    assert await tab.locator("#send-form, #expire, #clock-buttons").evaluate_all(
        "all => all.every(each => each.inert)"
    )
    await tab.wait_for_timeout(1200)
    await expect(tab.locator("#clock-time")).to_have_text(stopped)

    async with running(Options(), port=int(first.url.rpartition(":")[2])):
        await expect(gone).to_be_hidden()
        await expect(tab.locator("#clock-time")).not_to_have_text(stopped)
        await tab.goto("about:blank")
    complaints.forget("net::ERR_")
    assert complaints.said == []


async def test_note_of_a_success_goes_when_the_next_try_is_refused(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator("#toast.shown")).to_contain_text("Sent to")

    await page.get_by_role("button", name="Send", exact=True).click()

    await expect(page.locator("#send-form .answer")).to_contain_text("apiCode 4004")
    await expect(page.locator("#toast.shown")).to_have_count(0)


async def test_link_on_a_page_of_another_site_opens_the_inbox(mock: Mock, tab: Page) -> None:
    async def show(_: web.Request) -> web.Response:
        link = f'<a href="{mock.url}/">inbox</a><iframe src="{mock.url}/"></iframe>'
        return web.Response(text=link, content_type="text/html")

    other = web.Application()
    other.router.add_get("/", show)
    runner = web.AppRunner(other)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        await tab.goto(f"http://localhost:{port}/")
        framed = await tab.frames[1].evaluate("document.querySelector('#inbox')")
        await tab.get_by_role("link", name="inbox").click()
        await expect(tab.locator("#connection")).to_have_text("Live")
        assert framed is None
    finally:
        await tab.goto("about:blank")
        await runner.cleanup()
