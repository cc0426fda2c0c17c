"""The page's users: found, suspended, given a phone, deleted, and signed in once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.page.support import Complaints, Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

COPIED = "navigator.clipboard.readText()"


async def test_user_is_found_by_name_number_and_address(mock: Mock, open_page: OpenPage) -> None:
    await mock.new_user(username="ada", email="ada@example.com", phoneNumber="18812348888")
    await mock.new_user(username="grace", phoneNumber="13900000000")
    page = await open_page("/#users")
    await expect(page.locator(".user")).to_have_count(2)

    for words in ("ADA", "ada@example", "188 1234", "+86188", "188-1234"):
        await page.get_by_role("searchbox", name="Find a user").fill(words)
        await expect(page.locator(".user .name")).to_have_text(["ada"])
        await page.get_by_role("searchbox", name="Find a user").clear()
        await expect(page.locator(".user")).to_have_count(2)


async def test_search_that_finds_nobody_says_so(mock: Mock, open_page: OpenPage) -> None:
    await mock.new_user(username="ada")
    page = await open_page("/#users")
    await page.get_by_role("searchbox", name="Find a user").fill("nobody")
    await expect(page.get_by_role("heading", name="No user fits")).to_be_visible()


async def test_token_of_a_user_is_copied_and_works(mock: Mock, open_page: OpenPage) -> None:
    await mock.new_user(username="ada")
    page = await open_page("/#users")

    await page.get_by_role("button", name="Copy a new access token of ada").click()

    await expect(page.locator("#toast")).to_have_text("Copied a new access token")
    assert await _status_code(mock, await page.evaluate(COPIED)) == 200


async def test_signed_in_user_is_suspended_and_activated_again(
    mock: Mock, open_page: OpenPage
) -> None:
    token = await mock.new_user(username="ada")
    page = await open_page("/#users")
    user = await _opened(page)

    await user.get_by_role("button", name="Suspend").click()
    await expect(user.locator(".badge")).to_have_text("Suspended")
    assert await _status_code(mock, token) != 200

    await user.get_by_role("button", name="Activate").click()
    await expect(user.locator(".badge")).to_have_text("Activated")
    assert await _status_code(mock, token) == 200


async def test_phone_is_set_and_removed(mock: Mock, open_page: OpenPage) -> None:
    await mock.new_user(username="ada")
    page = await open_page("/#users")
    user = await _opened(page)

    await user.get_by_label("Phone number").fill("+12025550123")
    await user.get_by_role("button", name="Set phone").click()
    await expect(user.locator(".phone")).to_have_text("+1 202 555 0123")

    await user.get_by_role("button", name="Remove").click()
    await expect(user.locator(".phone")).to_have_text("No phone")


async def test_phone_that_another_user_has_is_refused_in_its_place(
    mock: Mock, open_page: OpenPage, complaints: Complaints
) -> None:
    await mock.new_user(username="ada")
    await mock.new_user(username="grace", phoneNumber="18812348888")
    page = await open_page("/#users")
    await page.get_by_role("button", name="ada", exact=True).click()

    await page.locator(".user", has_text="ada").get_by_label("Phone number").fill("18812348888")
    await page.keyboard.press("Enter")

    await expect(page.locator(".set-phone .answer").last).to_contain_text("another user")
    complaints.forget("409 (Conflict)")


async def test_user_is_deleted_after_a_question(mock: Mock, open_page: OpenPage) -> None:
    token = await mock.new_user(username="ada")
    page = await open_page("/#users")
    user = await _opened(page)
    await user.get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Cancel").click()
    await expect(user).to_be_visible()

    await user.get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Delete", exact=True).click()

    await expect(page.get_by_role("heading", name="No user yet")).to_be_visible()
    assert await _status_code(mock, token) != 200


async def test_opened_user_shows_what_else_is_known_and_stays_open(
    mock: Mock, open_page: OpenPage
) -> None:
    user_id = (await mock.post("/_mock/users", {"username": "ada", "customData": {"plan": "pro"}}))[
        "userId"
    ]
    page = await open_page("/#users")
    user = await _opened(page)
    await expect(user.locator(".facts")).to_contain_text(str(user_id))
    await expect(user.locator(".facts")).to_contain_text('{"plan":"pro"}')

    await mock.post("/_mock/users", {"username": "grace"})
    await expect(page.locator(".user")).to_have_count(2)

    await expect(page.locator(".user").last.locator(".facts")).to_be_visible()


async def _opened(page: Page) -> Locator:
    user = page.locator(".user")
    await user.locator(".open").click()
    await expect(user.locator(".detail")).to_be_visible()
    return user


async def _status_code(mock: Mock, token: str) -> int:
    async with mock.http.get(
        mock.url + "/api/v3/get-profile", headers={"authorization": token}
    ) as reply:
        return int((await reply.json())["statusCode"])
