"""The keyboard's focus stays where a person put it while the page asks for everything anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.page.support import Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_focus_stays_in_a_box_that_says_that_nobody_is_here(
    mock: Mock, open_page: OpenPage
) -> None:
    page = await open_page("/#users")
    button = page.locator("#users-empty").get_by_role("button", name="Copy")
    await button.focus()

    await _refresh(page, mock, "/_mock/users")

    await expect(button).to_be_focused()


async def test_focus_stays_on_the_offer_of_more(mock: Mock, open_page: OpenPage) -> None:
    for number in range(61):
        await mock.send_sms(str(18600000000 + number))
    page = await open_page()
    button = page.get_by_role("button", name="Show more")
    await button.focus()

    await mock.send_sms("18700000001")
    await expect(page.locator("#inbox-more")).to_contain_text("60 of 62 are shown")

    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(62)


async def test_focus_stays_in_a_row_when_one_before_it_goes(
    mock: Mock, open_page: OpenPage
) -> None:
    for status in (500, 502, 503):
        await mock.post("/_mock/faults", {"httpStatus": status})
    page = await open_page("/#faults")
    button = page.get_by_role("button", name="Switch off: Answers HTTP 503")
    await button.focus()

    async with mock.http.delete(f"{mock.url}/_mock/faults", params={"id": "1"}) as reply:
        assert reply.status == 200
    await expect(page.locator(".fault")).to_have_count(2)

    await expect(button).to_be_focused()


async def test_words_selected_in_an_empty_journal_stay_selected(
    mock: Mock, open_page: OpenPage
) -> None:
    page = await open_page("/#journal")
    await expect(page.locator("#journal-empty code")).to_be_visible()
    await page.locator("#journal-empty code").select_text()

    await _refresh(page, mock, "/_mock/requests")

    assert await page.evaluate("getSelection().toString()") == f"GENAUTH_APP_HOST={mock.url}"


async def _refresh(page: Page, mock: Mock, path: str) -> None:
    """Let the page ask for everything twice: it has shown the first answer before it asks for the second."""
    for _ in range(2):
        async with page.expect_response(lambda response: path in response.url):
            await mock.post("/_mock/reset", {"appId": mock.app_id})
