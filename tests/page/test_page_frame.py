"""The frame around the parts: connection, keyboard, looks, widths, names, contrast, and the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from genauth_mock.deployment import Options
from genauth_mock.server import running
from page_world import Mock

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

    from page_world import Complaints, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"
VIEWS = ("inbox", "users", "journal", "faults", "settings")

NAMELESS = """() => [...document.querySelectorAll(
        'button, a[href], input, select, summary, dialog, nav, aside, section')]
    .filter((element) => element.checkVisibility()
        && !(element.getAttribute('aria-label') || element.getAttribute('aria-labelledby')
            || element.labels?.length || element.textContent.trim()))
    .map((element) => element.outerHTML)"""

BRIGHTNESS = """() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g)
    .reduce((sum, part) => sum + Number(part), 0)"""

FAINT = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgba = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const [r, g, b, a] = rgba(getComputedStyle(at).backgroundColor);
            if (a > 0) { return [r, g, b]; }
        }
        return [255, 255, 255];
    };
    const luminance = (color) => color.slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const contrast = (element) => {
        const both = [luminance(rgba(getComputedStyle(element).color)), luminance(behind(element))];
        return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
    };
    return [...document.querySelectorAll('body *')]
        .filter((element) => element.checkVisibility({ opacityProperty: true }) && !element.matches(':disabled')
            && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .map((element) => [contrast(element), element.textContent])
        .filter(([ratio]) => ratio < 4.5);
}"""


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
    window: BrowserContext, complaints: Complaints
) -> None:
    page = await window.new_page()
    complaints.listen_to(page)
    async with running(Options()) as first:
        await page.goto(first.url)
        await expect(page.locator("#connection")).to_have_text("Live")
    await expect(page.locator("#connection")).to_have_text("Reconnecting")

    async with running(Options(), port=int(first.url.rpartition(":")[2])) as second:
        await expect(page.locator("#connection")).to_have_text("Live")
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.locator(".message")).to_have_count(1)
        await page.close()
        assert second.url == first.url
    complaints.forget("net::ERR_")
    assert complaints.said == []


async def test_page_asks_for_the_control_token_where_one_is_set(
    window: BrowserContext, complaints: Complaints
) -> None:
    page = await window.new_page()
    complaints.listen_to(page)
    async with running(Options(control_token="open-sesame")) as serving:
        await page.goto(serving.url)
        await page.get_by_role("textbox", name="Control token").fill("open-sesame")
        await page.keyboard.press("Enter")
        await expect(page.locator("#connection")).to_have_text("Live")
        await expect(page.get_by_role("heading", name="No code was sent yet")).to_be_visible()
        await page.close()
    complaints.forget("401 (Unauthorized)")
    assert complaints.said == []


async def test_page_takes_the_control_token_out_of_its_address(window: BrowserContext) -> None:
    page = await window.new_page()
    async with running(Options(control_token="open-sesame")) as serving:
        await page.goto(f"{serving.url}/#token=open-sesame")
        await expect(page.locator("#connection")).to_have_text("Live")
        assert page.url == f"{serving.url}/"
        await page.close()


async def test_keyboard_alone_reaches_and_does_everything(mock: Mock, open_page: OpenPage) -> None:
    first = await mock.send_sms(NUMBER)
    second = await mock.send_sms("18600000001")
    page = await open_page()
    await expect(page.locator(".message")).to_have_count(2)

    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the messages")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()
    await page.keyboard.press("j")
    await expect(page.get_by_role("button", name=f"{second} Copy")).to_be_focused()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.locator("#toast")).to_have_text(f"Copied {first}")
    await page.keyboard.press("2")
    await expect(page.get_by_role("heading", name="Users", exact=True)).to_be_visible()
    await page.keyboard.press("/")
    await page.keyboard.type("186c")
    await expect(page.locator("#find")).to_have_value("186c")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await page.keyboard.press("Escape")
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


async def test_dark_is_dark_and_the_switch_is_remembered(open_page: OpenPage) -> None:
    page = await open_page(scheme="dark")
    assert await page.evaluate(BRIGHTNESS) < 150

    await page.keyboard.press("t")
    assert await page.evaluate(BRIGHTNESS) > 600
    await page.reload()

    await expect(page.get_by_role("button", name="Look: Light")).to_be_visible()
    assert await page.evaluate(BRIGHTNESS) > 600


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_and_every_control_has_a_name(
    mock: Mock, open_page: OpenPage, scheme: str
) -> None:
    await _fill(mock)
    page = await open_page(scheme=scheme)
    await expect(page.locator(".message")).to_have_count(3)
    for view in VIEWS:
        await _show(page, view)
        assert await page.evaluate(FAINT) == []
        assert await page.evaluate(NAMELESS) == []


async def test_phone_of_360_px_scrolls_in_one_direction_only(
    mock: Mock, open_page: OpenPage
) -> None:
    await _fill(mock)
    await mock.new_user(username="a-very-long-username-without-a-break" * 3)
    page = await open_page(width=360)
    await expect(page.locator(".message")).to_have_count(3)
    for view in VIEWS:
        await _show(page, view)
        assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def _fill(mock: Mock) -> None:
    token = await mock.new_user(username="ada", email="ada@example.com", status="Activated")
    code = await mock.send_sms(NUMBER)
    await mock.post("/api/v3/bind-phone", {"phoneNumber": NUMBER, "passCode": code}, token)
    await mock.send_sms("18600000001")
    await mock.post("/_mock/clock", {"advanceSeconds": 61})
    await mock.send_sms("18600000002")


async def _show(page: Page, view: str) -> None:
    await page.locator(f"[data-view={view}]").click()
    await expect(page.locator(f"#{view}")).to_be_visible()
