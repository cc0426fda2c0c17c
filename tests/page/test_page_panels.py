"""The page's other parts: users, settings, sending, the journal, reset; and that what people type stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.mock.support.world import other_digits

if TYPE_CHECKING:
    from tests.page.support import Complaints, Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"
CANARY = "\"><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


async def test_user_shows_the_phone_as_soon_as_it_is_bound(mock: Mock, open_page: OpenPage) -> None:
    token = await mock.new_user(username="ada")
    page = await open_page("/#users")
    await expect(page.locator(".user .phone")).to_have_text("No phone")

    code = await mock.send_sms(NUMBER)
    await mock.post("/api/v3/bind-phone", {"phoneNumber": NUMBER, "passCode": code}, token)

    await expect(page.locator(".user .phone")).to_have_text("+86 188 1234 8888")


async def test_new_user_comes_with_an_access_token_that_works(
    mock: Mock, open_page: OpenPage
) -> None:
    page = await open_page("/#users")
    await page.get_by_role("button", name="New user").click()
    await page.locator("#user-form").get_by_label("Username").fill("ada")
    await page.get_by_role("button", name="Create user").click()
    await expect(page.locator(".user .name")).to_have_text("ada")

    await expect(page.get_by_role("dialog", name="User created")).to_be_visible()
    await expect(page.get_by_role("button", name="Copy access token")).to_be_focused()
    await expect(page.locator("#new-user-token pre").first).to_be_in_viewport(ratio=1)
    await page.keyboard.press("Enter")
    await expect(page.locator("#toast")).to_have_text("Copied the access token")
    token: str = await page.evaluate("navigator.clipboard.readText()")
    async with mock.http.get(
        mock.url + "/api/v3/get-profile", headers={"authorization": token}
    ) as reply:
        assert (await reply.json())["data"]["username"] == "ada"


async def test_refused_user_is_told_which_field_is_wrong(
    open_page: OpenPage, complaints: Complaints
) -> None:
    page = await open_page("/#users")
    await page.get_by_role("button", name="New user").click()
    await page.locator("#user-form").get_by_label("E-mail").fill("nonsense")
    await page.get_by_role("button", name="Create user").click()

    await expect(page.locator("#user-form .answer")).to_contain_text("email")
    complaints.forget("400 (Bad Request)")


async def test_send_form_sends_and_shows_genauths_refusal(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".message")).to_have_count(1)

    await page.get_by_role("button", name="Send", exact=True).click()

    await expect(page.locator("#send-form .answer")).to_contain_text("apiCode 4004")


async def test_setting_is_changed_and_a_wrong_value_is_explained(
    mock: Mock, open_page: OpenPage, complaints: Complaints
) -> None:
    page = await open_page("/#settings")
    length = page.get_by_label("passCodeLength")
    await length.fill("4")
    await length.press("Enter")
    await expect(page.locator("#toast")).to_have_text("Length of a pass code: 4 digits")
    assert len(await mock.send_sms(NUMBER)) == 4

    await length.fill("99")
    await length.press("Enter")

    await expect(page.locator(".setting .answer").first).to_contain_text("passCodeLength must be")
    complaints.forget("400 (Bad Request)")


async def test_setting_changed_elsewhere_shows_at_once(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page("/#settings")
    await expect(page.get_by_label("resendGapSeconds")).to_have_value("60")

    await mock.post("/_mock/settings", {"resendGapSeconds": 5, "verifyOldPhone": False})

    await expect(page.get_by_label("resendGapSeconds")).to_have_value("5")
    await expect(page.get_by_label("verifyOldPhone")).not_to_be_checked()


async def test_every_setting_is_explained(open_page: OpenPage) -> None:
    page = await open_page("/#settings")
    await expect(page.get_by_label("passwordGrant")).to_be_visible()
    notes = await page.locator(".setting .about").all_inner_texts()
    assert len(notes) > 15
    assert all(notes)


async def test_journal_tells_the_rule_behind_a_refusal_and_no_secret(
    mock: Mock, open_page: OpenPage
) -> None:
    token = await mock.new_user(username="ada")
    page = await open_page("/#journal")
    await expect(page.get_by_role("heading", name="No request yet")).to_be_visible()

    code = await mock.send_sms(NUMBER)
    wrong = {"phoneNumber": NUMBER, "passCode": other_digits(code)}
    await mock.post("/api/v3/bind-phone", wrong, token)

    refused = page.locator(".request").first
    await expect(refused.locator(".path")).to_have_text("POST bind-phone")
    await expect(refused.locator(".who")).to_have_text("ada · 188****8888")
    await expect(refused.locator(".badge")).to_have_text("Wrong code")
    await expect(refused.locator(".took")).to_have_text(re.compile(r"^\d+(\.\d)? m?s$"))
    await expect(refused.locator(".why").last).to_contain_text("attempts left 1")
    await refused.locator("summary").click()
    said = await refused.inner_text()
    assert "499" in said
    assert not any(secret in said for secret in (NUMBER, code, wrong["passCode"], token))
    await page.get_by_label("Refusals only").check()
    await expect(page.locator(".request")).to_have_count(1)


async def test_views_count_what_is_in_them(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page()
    counts = [page.locator(f"[data-count={view}]") for view in ("inbox", "users", "faults")]
    for count in counts:
        await expect(count).to_be_hidden()

    await mock.send_sms(NUMBER)
    await mock.new_user(username="ada")
    await mock.post("/_mock/faults", {"kind": "drop"})

    for count in counts:
        await expect(count).to_be_visible()
        await expect(count).to_have_text("1")


async def test_reset_asks_first_and_then_empties_the_app(mock: Mock, open_page: OpenPage) -> None:
    await mock.send_sms(NUMBER)
    page = await open_page("/#settings")
    await page.get_by_role("button", name="Reset this app").click()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("link", name="Inbox").click()
    await expect(page.locator(".message")).to_have_count(1)

    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("button", name="Reset this app").click()
    await page.get_by_role("button", name="Reset", exact=True).click()
    await page.get_by_role("link", name="Inbox").click()

    await expect(page.get_by_role("heading", name="No code was sent yet")).to_be_visible()


async def test_what_people_type_stays_text(mock: Mock, open_page: OpenPage) -> None:
    hostile = mock.as_app(f"app{CANARY}")
    await hostile.new_user(username=f"user{CANARY}", nickname=f"nick{CANARY}")
    await hostile.new_user(nickname=f"only{CANARY}", email="ada@example.com")
    await hostile.send_sms(NUMBER)
    await hostile.post("/api/v3/send-sms", {"channel": f"ch{CANARY}", "phoneNumber": NUMBER})
    await hostile.post("/api/v3/send-sms", {"channel": "CHANNEL_LOGIN", "phoneNumber": CANARY})
    page = await open_page(app_id=hostile.app_id)
    await expect(page.locator("#app-name")).to_have_text(hostile.app_id)
    await page.get_by_role("searchbox", name="Find by number").fill(CANARY)
    await expect(page.get_by_role("heading", name="No message fits")).to_be_visible()

    await page.get_by_role("link", name="Users").click()
    await expect(page.locator(".user .name").last).to_have_text(f"nick{CANARY}")
    await expect(page.locator(".user .about").nth(2)).to_contain_text(f"user{CANARY}")
    for name in await page.locator(".user .open").all():
        await name.click()
    await page.get_by_role("link", name="Journal").click()
    await expect(page.locator(".request").first).to_be_visible()
    for summary in await page.locator(".request summary").all():
        await summary.click()
    await page.locator("#app-switch").click()
    await expect(page.locator(".app-rows bdi").last).to_have_text(hostile.app_id)

    assert await page.locator("img[src=x]").count() == 0
    assert "owned" not in await page.title()
