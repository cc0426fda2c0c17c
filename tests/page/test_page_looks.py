"""The page's looks: light and dark, contrast, names for those who cannot see it, and a narrow screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.page.support import Mock, OpenPage

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
    await mock.post("/_mock/settings", {"webhooks": [{"url": f"http://localhost/{'hook' * 20}"}]})
    page = await open_page(width=360)
    await expect(page.locator(".message")).to_have_count(3)
    for view in VIEWS:
        await _show(page, view)
        assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_first_code_is_in_the_first_screen_of_a_phone(
    mock: Mock, open_page: OpenPage
) -> None:
    await mock.send_sms(NUMBER)
    await mock.post("/_mock/clock", {"advanceSeconds": 12_345})
    await mock.send_sms("18600000001")
    page = await open_page(width=390)
    box = await page.locator(".message").first.bounding_box()
    assert box is not None
    assert box["y"] < 330
    assert box["y"] + box["height"] < 500


async def test_time_is_not_covered_by_what_moves_it(open_page: OpenPage) -> None:
    page = await open_page()
    covered = """() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('#clock-time'));
        return range.getBoundingClientRect().right
            - document.querySelector('#expire').getBoundingClientRect().left;
    }"""
    for width in (320, 390, 800):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await page.evaluate(covered) <= 0


async def test_phone_has_the_clock_and_the_filters_one_press_away(
    mock: Mock, open_page: OpenPage
) -> None:
    await mock.send_sms(NUMBER)
    page = await open_page(width=390)
    await expect(page.get_by_role("button", name="Freeze")).to_be_hidden()
    await expect(page.get_by_role("button", name="Expire codes")).to_be_visible()
    await page.get_by_role("button", name="More for the clock").click()
    await page.get_by_role("button", name="Freeze").click()
    await expect(page.get_by_role("button", name="Resume")).to_be_visible()

    await page.get_by_role("button", name="Filter by channel and state").click()
    await page.get_by_role("combobox", name="State").select_option(label="Used")
    await expect(page.get_by_role("heading", name="No message fits")).to_be_visible()

    await page.get_by_role("button", name="Send a test code").click()
    await expect(page.locator("#send-number")).to_be_focused()
    await expect(page.locator("#send-number")).to_be_in_viewport()


async def test_filled_button_is_what_the_view_is_for(open_page: OpenPage) -> None:
    page = await open_page()
    wanted = {"inbox": ["Send"], "users": ["New user"], "faults": ["Arm the fault"]}
    for view in VIEWS:
        await _show(page, view)
        filled = page.locator(".primary").locator("visible=true")
        assert await filled.all_inner_texts() == wanted.get(view, [])


async def _fill(mock: Mock) -> None:
    token = await mock.new_user(username="ada", email="ada@example.com", status="Activated")
    code = await mock.send_sms(NUMBER)
    await mock.post("/api/v3/bind-phone", {"phoneNumber": NUMBER, "passCode": code}, token)
    await mock.send_sms("18600000001")
    await mock.post("/_mock/clock", {"advanceSeconds": 301})
    await mock.send_sms("18600000002")


async def _show(page: Page, view: str) -> None:
    await page.locator(f"[data-view={view}]").click()
    await expect(page.locator(f"#{view}")).to_be_visible()
