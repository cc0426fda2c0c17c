"""A learned table: answers seen live in the place of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import aiohttp
import pytest

from genauth_mock.engine.error_codes import ERROR_CODES
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.runtime.options import Options
from genauth_mock.seeds.learned import read_learned
from genauth_mock.server.launch import running

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "statusCode": 429,
    "apiCode": 4004,
    "messages": {"zh-CN": "太快了"},
    "source": "recorded on a live deployment",
    "confidence": "live",
    "date": "2026-11-23",
}


async def test_learned_row_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "learned.json"
    path.write_text(json.dumps({"SENT_TOO_RECENTLY": ROW}), encoding="utf-8")
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
    options = Options(learned=read_learned(path))
    async with running(options) as server, aiohttp.ClientSession(server.url) as http:
        async with http.post("/api/v3/send-sms", json=body) as reply:
            assert (await reply.json())["statusCode"] == 200
        async with http.post("/api/v3/send-sms", json=body) as reply:
            answer = await reply.json()
    assert (answer["statusCode"], answer["message"]) == (429, "太快了")


async def test_checking_a_code_says_what_was_learned(tmp_path: Path) -> None:
    path = tmp_path / "learned.json"
    path.write_text(json.dumps({"NO_CODE": ROW}), encoding="utf-8")
    payload = {"phone": "18812348888", "passCode": "000000", "channel": "CHANNEL_BIND_PHONE"}
    body = {"codeType": "SMS", "smsCodePayload": payload}
    options = Options(learned=read_learned(path))
    async with (
        running(options) as server,
        aiohttp.ClientSession(server.url) as http,
        http.post("/api/v3/pre-check-code", json=body) as reply,
    ):
        answer = await reply.json()
    assert answer["data"] == {"isValid": False, "message": "太快了"}


def test_what_a_row_leaves_out_stays_ours(tmp_path: Path) -> None:
    path = tmp_path / "learned.json"
    path.write_text(json.dumps({"WRONG_CODE": {**ROW, "apiCode": None}}), encoding="utf-8")
    row = read_learned(path)[Outcome.WRONG_CODE]
    assert row.api_code is None
    assert row.english == ERROR_CODES[Outcome.WRONG_CODE].english


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "must be an object from outcome name"),
        ("{", "is not JSON"),
        ('{"NONSENSE": {}}', "unknown outcome 'NONSENSE'; expected one of: OK, WRONG_CODE"),
        ('{"OK": 3}', "OK must be an object with statusCode"),
        (
            '{"OK": {"statuscode": 1}}',
            "OK: unknown field 'statuscode'; expected one of: statusCode",
        ),
        ('{"OK": {"statusCode": "1"}}', "OK.statusCode must be a whole number"),
        ('{"OK": {"messages": {"fr": "x"}}}', "OK.messages must be an object from zh-CN"),
        ('{"OK": {"source": 3}}', "OK.source must be a string"),
    ],
)
def test_mistake_names_the_file_the_outcome_and_the_field(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "learned.json"
    path.write_text(content)
    with pytest.raises(InvalidInput) as refused:
        read_learned(path)
    assert str(refused.value).startswith(f"{path}: {said}")


def test_table_that_is_missing_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        read_learned(tmp_path / "nowhere.json")
