"""The page's journal: rows that differ at a glance, and what can be done with them."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, cast

import pytest
from playwright.async_api import expect

from tests.mock.support.world import other_digits
from tests.page.support import read_json_file

if TYPE_CHECKING:
    from tests.page.support import Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NUMBER = "18812348888"
COPIED = "navigator.clipboard.readText()"


async def test_closed_row_tells_who_asked_what_came_of_it_and_how_long_it_took(
    mock: Mock, open_page: OpenPage
) -> None:
    token = await mock.new_user(nickname="Ada")
    code = await mock.send_sms(NUMBER)
    wrong = {"phoneNumber": NUMBER, "passCode": other_digits(code)}
    await mock.post("/api/v3/bind-phone", wrong, token)
    page = await open_page("/#journal")

    refused, sent = page.locator(".request").first, page.locator(".request").last

    await expect(refused.locator(".who")).to_have_text("Ada · 188****8888")
    await expect(sent.locator(".who")).to_have_text("188****8888")
    await expect(refused.locator(".badge")).to_have_text("Wrong code")
    await expect(refused.locator(".said")).to_have_text(
        "499 / 2001 · The verification code is incorrect"
    )
    await expect(refused.locator(".took")).to_contain_text("ms")


async def test_refusal_in_chinese_has_its_meaning_in_english_beside_it(
    mock: Mock, open_page: OpenPage
) -> None:
    body = {"phoneNumber": NUMBER, "passCode": "000000"}
    headers = {"x-genauth-lang": "zh-CN", "authorization": await mock.new_user()}
    async with mock.http.post(mock.url + "/api/v3/bind-phone", json=body, headers=headers) as reply:
        text = (await reply.json())["message"]
    page = await open_page("/#journal")

    await expect(page.locator(".request .said")).to_contain_text(text)
    await expect(page.locator(".request .why").first).to_have_text(
        "The verification code is no longer valid, please get a new one"
    )


async def test_duration_of_a_delayed_answer_holds_the_delay(
    mock: Mock, open_page: OpenPage
) -> None:
    await mock.post("/_mock/faults", {"delaySeconds": 1.2, "times": 1})
    await mock.post("/api/v3/send-sms", {"channel": "CHANNEL_LOGIN", "phoneNumber": NUMBER})
    page = await open_page("/#journal")
    await expect(page.locator(".request .took")).to_have_text(re.compile(r"^1\.[2-9] s$"))


async def test_request_copied_as_curl_asks_the_same_and_shows_no_secret(
    mock: Mock, open_page: OpenPage
) -> None:
    token = await mock.new_user(username="ada")
    await mock.post("/api/v3/bind-phone", {"phoneNumber": NUMBER, "passCode": "482915"}, token)
    page = await open_page("/#journal")
    await page.locator(".request summary").click()
    await page.get_by_role("button", name="Copy as curl").click()

    command: str = await page.evaluate(COPIED)
    words = shlex.split(command.replace("\\\n", " "))

    assert words[:4] == ["curl", "-X", "POST", f"{mock.url}/api/v3/bind-phone?appId={mock.app_id}"]
    assert "authorization: $ACCESS_TOKEN" in words
    assert json.loads(words[-1]) == {"phoneNumber": "188****8888", "passCode": "***"}
    assert token not in command
    assert "482915" not in command


async def test_journal_is_exported_as_it_is_filtered(mock: Mock, open_page: OpenPage) -> None:
    await mock.send_sms(NUMBER)
    await mock.send_sms(NUMBER)
    page = await open_page("/#journal")
    await page.get_by_label("Refusals only").check()
    await expect(page.locator(".request")).to_have_count(1)

    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Export").click()
    saved = await (await downloading.value).path()

    requests = cast("list[dict[str, object]]", read_json_file(saved)["requests"])
    assert [request["outcome"] for request in requests] == ["SENT_TOO_RECENTLY"]


async def test_journal_is_cleared_after_a_question(mock: Mock, open_page: OpenPage) -> None:
    await mock.send_sms(NUMBER)
    page = await open_page("/#journal")
    await page.get_by_role("button", name="Clear").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Clear").click()

    await expect(page.get_by_role("heading", name="No request yet")).to_be_visible()
    assert (await mock.get("/_mock/requests"))["requests"] == []
    assert len((await mock.get("/_mock/messages"))["messages"]) == 1


async def test_journal_is_searched_by_path_outcome_user_and_number(
    mock: Mock, open_page: OpenPage
) -> None:
    token = await mock.new_user(username="ada")
    code = await mock.send_sms(NUMBER)
    wrong = {"phoneNumber": NUMBER, "passCode": other_digits(code)}
    await mock.post("/api/v3/bind-phone", wrong, token)
    await mock.post("/api/v3/send-sms", {"channel": "CHANNEL_LOGIN", "phoneNumber": "13900000000"})
    page = await open_page("/#journal")
    await expect(page.locator(".request")).to_have_count(3)

    for words, found in (("bind-phone", 1), ("wrong code", 1), ("ada", 1), ("188****8888", 2)):
        await page.get_by_role("searchbox", name="Find by path").fill(words)
        await expect(page.locator(".request")).to_have_count(found)
        await page.get_by_role("searchbox", name="Find by path").clear()
        await expect(page.locator(".request")).to_have_count(3)
