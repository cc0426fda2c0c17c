"""The contract's document is served where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.control.openapi import document_of

if TYPE_CHECKING:
    import aiohttp


async def test_document_is_served(http: aiohttp.ClientSession) -> None:
    async with http.get("/openapi.json") as reply:
        document = await reply.json()
    assert document["openapi"].startswith("3.")
    assert "/api/v3/bind-phone" in document["paths"]


def test_where_the_contract_is_not_installed_there_is_none() -> None:
    assert document_of("a_package_that_nobody_installs") is None
    assert document_of("genauth_mock") is None
