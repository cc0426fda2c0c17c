"""Every path that GenAuth has is answered: imitated, or with 501 and a warning; none as if there were no such call."""

from __future__ import annotations

import logging

import pytest
from yarl import URL

from genauth_mock.api.documented import DOCUMENTED, NOT_IMITATED
from tests.mock.support.http import Http


async def test_no_path_of_genauth_answers_404(http: Http, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "genauth_mock")
    assert len(DOCUMENTED) > 500
    for path in sorted(DOCUMENTED):
        statuses: set[int] = set()
        for method in ("POST",) if path in NOT_IMITATED else ("GET", "POST"):
            data = None if method == "GET" else b"{}"
            there = path.replace("{", "").replace("}", "")
            async with http.request(method, there, data=data, allow_redirects=False) as reply:
                statuses.add(reply.status)
        assert statuses == {501} if path in NOT_IMITATED else statuses - {404, 405}, path
    said = caplog.text
    assert all(path.partition("{")[0] in said for path in NOT_IMITATED)


@pytest.mark.parametrize("path", ["/api/v3/create-user", "/api/v3/ip-list/7", "/api/v2/users/me"])
async def test_call_that_is_not_imitated_says_so(http: Http, path: str) -> None:
    async with http.get(path) as reply:
        answer = await reply.json()
    assert reply.status == answer["statusCode"] == 501
    assert answer["message"].startswith(f"not imitated: GET {path} exists in GenAuth")


async def test_path_that_genauth_has_not_is_told_apart(http: Http) -> None:
    async with http.post("/api/v3/create-usr", json={}) as reply:
        assert reply.status == 404


@pytest.mark.parametrize("path", ["/api/v3/tea%0A", "/api/v3/%0A/tea", "/%0A", "/_mock/%0A"])
async def test_a_path_with_a_line_break_is_answered_like_any(http: Http, path: str) -> None:
    async with http.get(URL(path, encoded=True)) as reply:
        assert reply.status == 404
        assert reply.content_type == "application/json"
        assert await reply.json()


@pytest.mark.parametrize("part", ["a%2Fb", "%61", "a%2541"])
async def test_a_part_of_a_path_may_be_any_text(http: Http, part: str) -> None:
    """A slash that is part of it separates nothing."""
    path = f"/api/v3/webauthn/remove-credential/{part}"
    async with http.post(URL(path, encoded=True), json={}) as reply:
        assert (await reply.json())["statusCode"] == 401
    async with http.get(f"/cas-idp/{part.replace('%', '%25')}", allow_redirects=False) as reply:
        assert reply.status != 404
