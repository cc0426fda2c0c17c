"""The page's settings: in words and units, lists line by line; and the state of the app as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.page.support import read_json_file

if TYPE_CHECKING:
    from tests.page.support import Complaints, Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"


async def test_every_setting_has_words_of_its_own_beside_its_name(
    mock: Mock, open_page: OpenPage
) -> None:
    page = await open_page("/#settings")
    settings = await mock.get("/_mock/settings")
    await expect(page.locator(".setting")).to_have_count(len(settings))
    assert sorted(await page.locator(".setting .key").all_inner_texts()) == sorted(settings)
    lifetime = page.locator(".setting", has_text="passCodeLifetimeSeconds")
    await expect(lifetime).to_contain_text("A texted code works for")
    await expect(lifetime.locator(".unit")).to_have_text("seconds")


async def test_limit_is_set_and_taken_away(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page("/#settings")
    limit = page.get_by_label("Codes per day")
    await expect(limit).to_have_value("")
    await limit.fill("3")
    await limit.press("Enter")
    await expect(page.locator("#toast")).to_contain_text("Codes per day: 3")

    await limit.fill("")
    await limit.press("Enter")

    await expect(page.locator("#toast")).to_have_text("Codes per day: no limit")
    assert (await mock.get("/_mock/settings"))["dailySendLimit"] is None


async def test_list_is_edited_line_by_line(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page("/#settings")
    exempt = page.locator(".setting", has_text="resendExempt")
    for entry in ("+8618812348888", "ada@example.com"):
        await exempt.get_by_label("May send again at once").fill(entry)
        await exempt.get_by_role("button", name="Add").click()
        await expect(exempt.locator(".entries")).to_contain_text(entry)

    await exempt.get_by_role("button", name="Remove +8618812348888").click()

    await expect(exempt.locator(".entries li")).to_have_count(1)
    await expect(page.locator("#toast")).to_have_text("May send again at once: saved")
    settings = await mock.get("/_mock/settings")
    assert list(settings["resendExempt"]) == ["ada@example.com"]  # type: ignore[comparison-overlap]  # a list of texts


async def test_fixed_code_is_added_and_used(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page("/#settings")
    fixed = page.locator(".setting", has_text="fixedCodes")
    await fixed.get_by_label("Fixed codes").fill("+8618812348888")
    await fixed.get_by_label("Code", exact=True).fill("424242")
    await page.keyboard.press("Enter")
    await expect(fixed.locator(".entries")).to_contain_text("424242")
    assert await mock.send_sms(NUMBER) == "424242"


async def test_entry_that_is_refused_does_not_stay_in_the_list(
    open_page: OpenPage, complaints: Complaints
) -> None:
    page = await open_page("/#settings")
    fixed = page.locator(".setting", has_text="fixedCodes")
    await fixed.get_by_label("Fixed codes").fill("+8618812348888")
    await fixed.get_by_label("Code", exact=True).fill("letters")
    await page.keyboard.press("Enter")

    await expect(fixed.locator(".answer")).to_contain_text("fixedCodes must be")
    await expect(fixed.locator(".entries li")).to_have_count(0)
    complaints.forget("400 (Bad Request)")


async def test_expire_button_follows_the_lifetime_of_codes(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page()
    await expect(page.locator("#expire")).to_have_text("Expire codes (+5 min 1 s)")

    await mock.post("/_mock/settings", {"passCodeLifetimeSeconds": 60})

    await expect(page.locator("#expire")).to_have_text("Expire codes (+61 s)")


async def test_state_goes_to_a_file_and_comes_back(mock: Mock, open_page: OpenPage) -> None:
    await mock.new_user(username="ada")
    code = await mock.send_sms(NUMBER)
    page = await open_page("/#settings")
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Save to a file").click()
    saved = await (await downloading.value).path()
    assert read_json_file(saved)["appId"] == mock.app_id

    await mock.post("/_mock/reset", {"appId": mock.app_id})
    await page.locator("#state-file").set_input_files(saved)
    await page.get_by_role("button", name="Load", exact=True).click()

    await expect(page.locator("[data-count=users]")).to_have_text("1")
    await page.get_by_role("link", name="Inbox").click()
    await expect(page.locator(".digits")).to_have_text([code])


async def test_file_that_is_no_state_is_refused_in_words(
    open_page: OpenPage, complaints: Complaints
) -> None:
    page = await open_page("/#settings")
    file = page.locator("#state-file")
    await file.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"})
    await expect(page.locator("#toast")).to_have_text("notes.txt is no JSON file")

    await file.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"{}"})
    await page.get_by_role("button", name="Load", exact=True).click()

    await expect(page.locator("#toast")).to_contain_text("this is not a state")
    complaints.forget("400 (Bad Request)")


async def test_webhook_is_shown_and_added_field_by_field(mock: Mock, open_page: OpenPage) -> None:
    earlier = {"url": "http://localhost:9/first", "retrySeconds": [2]}
    await mock.post("/_mock/settings", {"webhooks": [earlier]})
    page = await open_page("/#settings")
    hooks = page.locator(".setting", has_text="webhooks")
    await expect(hooks.locator(".entries")).to_contain_text("http://localhost:9/first")
    await hooks.get_by_label("Webhooks").fill("http://localhost:9/second")
    await hooks.get_by_label("Secret").fill("s3cret")
    await hooks.get_by_label("Events", exact=True).fill("user:created, user:deleted")
    await hooks.get_by_role("button", name="Add").click()

    second = hooks.locator(".entries li", has_text="http://localhost:9/second")
    await expect(second).to_contain_text("with a secret")
    await expect(second).to_contain_text("user:created, user:deleted")
    await expect(hooks).not_to_contain_text("[object Object]")
    await expect(hooks).not_to_contain_text("s3cret")
    first, added = (await mock.get("/_mock/settings"))["webhooks"]
    assert first["retrySeconds"] == [2]
    assert added["secret"] == "s3cret"
    assert added["events"] == ["user:created", "user:deleted"]


async def test_empty_line_of_a_list_shows_what_belongs_there_and_the_server_takes_it(
    mock: Mock, open_page: OpenPage
) -> None:
    page = await open_page("/#settings")
    examples = {
        "redirectUris": "http://localhost:5173/callback",
        "logoutRedirectUris": "http://localhost:5173/",
        "allowedOrigins": "http://localhost:5173",
        "resendExempt": "+8618812348888 or ada@example.com",
    }
    for name, example in examples.items():
        line = page.locator(f"#setting-{name}")
        await expect(line).to_have_attribute("placeholder", example)
        one = example.split(" or ")[0]
        await line.fill(one)
        await line.press("Enter")
        await expect(page.locator(".setting", has=line).locator(".entries")).to_have_text(f"{one}×")
        kept: dict[str, object] = {**await mock.get("/_mock/settings")}
        assert kept[name] == [one]
