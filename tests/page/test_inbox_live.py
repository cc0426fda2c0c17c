"""Messages as a person sees them: they arrive by themselves, their codes copy, and their lives end in sight."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.page.support import Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"
COPIED = "navigator.clipboard.readText()"


async def test_code_appears_without_a_reload(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page()
    await expect(page.get_by_role("heading", name="No code was sent yet")).to_be_visible()

    code = await mock.send_sms(NUMBER)

    message = page.locator(".message")
    await expect(message).to_have_count(1)
    await expect(message.locator(".digits")).to_have_text(code)
    await expect(message).to_contain_text("+86 188 1234 8888")
    await expect(message).to_contain_text("Bind phone")
    await expect(message.locator(".state")).to_have_text("Active")
    await expect(page.locator("#announcer")).to_contain_text(f"New code {code}")


async def test_one_click_copies_the_code_and_says_so(mock: Mock, open_page: OpenPage) -> None:
    code = await mock.send_sms(NUMBER)
    page = await open_page()

    await page.get_by_role("button", name=f"{code} Copy").click()

    await expect(page.locator(".code .hint")).to_have_text("Copied")
    await expect(page.locator("#toast")).to_have_text(f"Copied {code}")
    assert await page.evaluate(COPIED) == code


async def test_one_key_copies_the_newest_code_that_works(mock: Mock, open_page: OpenPage) -> None:
    code = await mock.send_sms(NUMBER)
    page = await open_page()
    await expect(page.locator(".message")).to_have_count(1)

    await page.keyboard.press("c")

    await expect(page.locator("#toast")).to_have_text(f"Copied {code}")
    assert await page.evaluate(COPIED) == code


async def test_states_show_how_each_code_ended(mock: Mock, open_page: OpenPage) -> None:
    token = await mock.new_user(username="ada")
    page = await open_page()
    bind = {"phoneNumber": NUMBER, "passCode": await mock.send_sms(NUMBER)}
    await expect(page.locator(".state")).to_have_text(["Active"])

    await mock.post("/api/v3/bind-phone", bind, token)
    await expect(page.locator(".state")).to_have_text(["Used"])

    await mock.post("/_mock/settings", {"resendGapSeconds": 0})
    await mock.send_sms("18600000001")
    await mock.send_sms("18600000001")
    await expect(page.locator(".state")).to_have_text(["Active", "Replaced", "Used"])

    wrong = {"phoneNumber": "18600000001", "passCode": "none"}
    other = await mock.new_user(username="grace")
    for _ in range(2):
        await mock.post("/api/v3/bind-phone", wrong, other)
    await expect(page.locator(".state")).to_have_text(["Exhausted", "Replaced", "Used"])
    await expect(page.locator(".left").first).to_have_text("2 wrong tries")


async def test_messages_of_another_app_stay_out_until_it_is_chosen(
    mock: Mock, open_page: OpenPage
) -> None:
    other = mock.as_app("checkout")
    page = await open_page()
    await expect(page.get_by_role("heading", name="No code was sent yet")).to_be_visible()
    code = await other.send_sms(NUMBER)
    await mock.send_sms("18600000001")
    await expect(page.locator(".message")).to_have_count(1)
    await expect(page.locator(".message")).not_to_contain_text("188 1234 8888")

    await page.keyboard.press("g")
    await page.get_by_role("button", name="checkout").click()

    await expect(page.locator(".digits")).to_have_text([code])
    await expect(page.locator("#app-name")).to_have_text("checkout")
    await page.reload()
    await expect(page.locator(".digits")).to_have_text([code])


async def test_empty_inbox_points_to_the_app_that_has_messages(
    mock: Mock, open_page: OpenPage
) -> None:
    code = await mock.as_app("test-run-7").send_sms(NUMBER)
    page = await open_page()

    await page.locator(".elsewhere").get_by_role("button", name="test-run-7").click()

    await expect(page.locator(".digits")).to_have_text([code])


async def test_command_of_the_empty_inbox_sends_a_code(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page(app_id="it's mine")
    await page.locator("#inbox-empty").get_by_role("button", name="Copy").click()
    await expect(page.locator("#toast")).to_have_text("Copied the command")
    command: str = await page.evaluate(COPIED)

    curl, url, *options = shlex.split(command.replace("\\\n", " "))
    given = list(zip(options[::2], options[1::2], strict=True))
    headers = dict(value.split(": ", 1) for name, value in given if name == "-H")
    body = next(value for name, value in given if name == "-d")
    async with mock.http.post(url, data=body, headers=headers) as reply:
        assert (await reply.json())["statusCode"] == 200

    assert curl == "curl"
    await expect(page.locator(".message")).to_have_count(1)


async def test_number_channel_and_state_narrow_the_list(mock: Mock, open_page: OpenPage) -> None:
    await mock.send_sms(NUMBER)
    await mock.send_sms(NUMBER, "CHANNEL_LOGIN")
    await mock.send_sms("18600000001")
    page = await open_page()
    await expect(page.locator(".message")).to_have_count(3)

    await page.get_by_role("searchbox", name="Find by number").fill("188 1234")
    await expect(page.locator(".message")).to_have_count(2)
    await page.get_by_role("combobox", name="Channel").first.select_option(label="Login")
    await expect(page.locator(".message")).to_have_count(1)
    await page.get_by_role("combobox", name="State").select_option(label="Used")
    await expect(page.get_by_role("heading", name="No message fits")).to_be_visible()
    await page.get_by_role("button", name="Show every message").click()

    await expect(page.locator(".message")).to_have_count(3)


async def test_many_messages_draw_few_rows_and_an_old_number_is_still_found(
    mock: Mock, open_page: OpenPage
) -> None:
    code = await mock.send_sms("13900000000")
    for number in range(600):
        await mock.send_sms(str(18600000000 + number))
    page = await open_page()

    await expect(page.locator("#inbox-more")).to_contain_text("60 of 500 are shown")
    await expect(page.locator(".message")).to_have_count(60)
    await page.get_by_role("searchbox", name="Find by number").fill("13900000000")

    await expect(page.locator(".digits")).to_have_text([code])


async def test_message_that_comes_twice_shows_twice(mock: Mock, open_page: OpenPage) -> None:
    await mock.post("/_mock/faults", {"delivery": "twice"})
    page = await open_page()

    first = await mock.send_sms(NUMBER)
    await expect(page.locator(".digits")).to_have_text([first, first])
    second = await mock.send_sms("18600000001")

    await expect(page.locator(".digits")).to_have_text([second, second, first, first])
