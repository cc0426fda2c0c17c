"""The clock as a person sees it: what is left of a code follows it, whoever transactions it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.page.support import Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"


async def test_one_button_takes_a_code_to_its_end(mock: Mock, open_page: OpenPage) -> None:
    await mock.freeze()
    await mock.send_sms(NUMBER)
    page = await open_page()
    await expect(page.locator(".left")).to_have_text("5 min left, clock stopped")

    await page.get_by_role("button", name="Expire codes (+5 min 1 s)").click()

    await expect(page.locator(".state")).to_have_text("Expired")
    await expect(page.locator("#clock-mode")).to_contain_text("ahead of real time")


async def test_countdown_follows_a_clock_moved_by_somebody_else(
    mock: Mock, open_page: OpenPage
) -> None:
    await mock.freeze()
    await mock.send_sms(NUMBER)
    page = await open_page()

    await mock.post("/_mock/clock", {"advanceSeconds": 20})

    await expect(page.locator(".left")).to_have_text("4 min 40 s left, clock stopped")


async def test_countdown_runs_at_the_clocks_scale(mock: Mock, open_page: OpenPage) -> None:
    await mock.freeze()
    await mock.send_sms(NUMBER)
    page = await open_page()
    await expect(page.locator(".state")).to_have_text("Active")

    await mock.post("/_mock/clock", {"scale": 200, "frozen": False})

    await expect(page.locator(".state")).to_have_text("Expired")
    await expect(page.locator("#clock-mode")).to_contain_text("200× speed")


async def test_clock_freezes_goes_on_and_returns_to_real_time(
    mock: Mock, open_page: OpenPage
) -> None:
    await mock.post("/_mock/clock", {"set": "2030-01-01T00:00:00Z", "frozen": True})
    page = await open_page()
    await expect(page.locator("#clock-time")).to_have_text("00:00:00")
    await expect(page.locator("#clock-date")).to_contain_text("1 Jan 2030")

    await page.get_by_role("button", name="+1 h").click()
    await expect(page.locator("#clock-time")).to_have_text("01:00:00")
    await page.get_by_role("button", name="Resume").click()
    await expect(page.get_by_role("button", name="Freeze")).to_be_visible()
    await page.get_by_role("button", name="Back to real time").click()

    await expect(page.locator("#clock-mode")).to_have_text("Real time")
