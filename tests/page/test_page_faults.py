"""The page's faults: armed, counted down, told in words, and only such as the server takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from genauth_mock.api.endpoints import CALLS
from genauth_mock.engine.outcomes import Outcome

if TYPE_CHECKING:
    from tests.page.support import Complaints, Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_fault_is_armed_counts_down_and_is_switched_off(
    mock: Mock, open_page: OpenPage
) -> None:
    page = await open_page("/#faults")
    await page.get_by_label("What goes wrong").select_option(label="An HTTP status")
    await page.get_by_role("textbox", name="HTTP status").fill("502")
    await page.get_by_label("Which call").select_option(label="get-profile")
    await page.get_by_label("How often").fill("3")
    await page.get_by_role("button", name="Arm the fault").click()
    await expect(page.locator(".fault .what")).to_have_text("Answers HTTP 502")
    await expect(page.locator(".fault .about")).to_contain_text("get-profile")

    async with mock.http.get(mock.url + "/api/v3/get-profile") as reply:
        assert reply.status == 502
    await expect(page.locator(".fault .about")).to_contain_text("2 more times · applied once")
    await page.get_by_role("button", name="Switch off: Answers HTTP 502").click()

    await expect(page.get_by_role("heading", name="No fault is armed")).to_be_visible()
    async with mock.http.get(mock.url + "/api/v3/get-profile") as reply:
        assert reply.status == 200


async def test_faults_armed_elsewhere_are_told_in_words(mock: Mock, open_page: OpenPage) -> None:
    page = await open_page("/#faults")
    await mock.post("/_mock/faults", {"statusCode": 499})
    await mock.post("/_mock/faults", {"statusCode": 499, "apiCode": 2300})
    await mock.post("/_mock/faults", {"outcome": "PHONE_TAKEN"})
    await expect(page.locator(".fault .what")).to_have_text(
        ["Answers statusCode 499", "Answers statusCode 499, apiCode 2300", "Answers PHONE_TAKEN"]
    )


async def test_every_fault_on_offer_is_one_that_the_server_takes(open_page: OpenPage) -> None:
    page = await open_page("/#faults")
    choices = await page.get_by_label("What goes wrong").locator("option").all_inner_texts()
    assert len(choices) > 10
    for count, choice in enumerate(choices, start=1):
        await page.get_by_label("What goes wrong").select_option(label=choice)
        await page.get_by_role("button", name="Arm the fault").click()
        await expect(page.locator(".fault")).to_have_count(count)


async def test_every_call_and_outcome_on_offer_is_one_that_the_server_knows(
    mock: Mock, open_page: OpenPage
) -> None:
    page = await open_page("/#faults")
    values = "options => options.map(option => option.value)"
    routes = await page.locator("[name=route] option").evaluate_all(values)
    outcomes = await page.locator("#outcomes option").evaluate_all(values)
    offered = [{"route": each or None, "kind": "drop"} for each in routes]
    offered += [{"outcome": each} for each in outcomes]
    refused = [each for each in offered if "error" in await mock.post("/_mock/faults", each)]
    assert len(outcomes) == len(Outcome) - 1
    assert len(routes) == len(CALLS) + 1
    assert refused == []


async def test_fault_that_cannot_be_is_explained(
    open_page: OpenPage, complaints: Complaints
) -> None:
    page = await open_page("/#faults")
    await page.get_by_label("What goes wrong").select_option(label="An outcome of GenAuth")
    await page.get_by_role("combobox", name="Outcome").fill("NONSENSE")
    await page.get_by_role("button", name="Arm the fault").click()

    await expect(page.locator("#fault-form .answer")).to_contain_text("outcome must be one of")
    complaints.forget("400 (Bad Request)")
