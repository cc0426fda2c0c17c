"""A profile that is written down: answers seen on your own deployment, in the place of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from genauth_mock.engine.error_codes import ERROR_CODES
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.profiles import PROFILES, profile_name, profile_of
from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.apps import Apps
from genauth_mock.runtime.options import Options
from genauth_mock.seeds.profile_file import named_profile
from genauth_mock.seeds.seed_file import read_seed
from genauth_mock.testing.in_process import InProcessGenAuth

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "statusCode": 429,
    "apiCode": 4004,
    "messages": {"zh-CN": "太快了"},
    "source": "recorded on a private deployment",
    "confidence": "live",
    "date": "2026-11-23",
}
SMS = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
CHECK = {"phone": "18812348888", "passCode": "000000", "channel": "CHANNEL_BIND_PHONE"}


def written(tmp_path: Path, **profile: object) -> Path:
    """Write a profile down."""
    path = tmp_path / "ours.json"
    path.write_text(json.dumps(profile), encoding="utf-8")
    return path


async def asked(genauth: InProcessGenAuth, call: str, body: object) -> dict[str, object]:
    """Make a call, and return its envelope."""
    request = HttpRequest("POST", f"/api/v3/{call}", {}, {}, json.dumps(body).encode())
    answer = await genauth.answer(request)
    return {"http": answer.status, **json.loads(answer.body)}


async def test_a_deployment_answers_by_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, answers={"SENT_TOO_RECENTLY": ROW, "NO_CODE": ROW})
    genauth = InProcessGenAuth(Options(profile=str(path)))
    assert (await asked(genauth, "send-sms", SMS))["statusCode"] == 200
    again = await asked(genauth, "send-sms", SMS)
    assert (again["statusCode"], again["apiCode"], again["message"]) == (429, 4004, "太快了")
    checked = {"codeType": "SMS", "smsCodePayload": {**CHECK, "phone": "18812340000"}}
    data = (await asked(genauth, "pre-check-code", checked))["data"]
    assert data == {"isValid": False, "message": "太快了"}


SEED = """
apps = [
  {appId = "one", settings = {passCodeLength = 4}},
  {appId = "two", settings = {passCodeLifetimeSeconds = 30}},
  {appId = "three", settings = {profile = "v2-list"}},
]
"""


def test_an_app_of_a_seed_answers_by_the_profile_of_the_deployment(tmp_path: Path) -> None:
    """Settings of its own are no profile of its own, and stand above what the profile brings along."""
    file = tmp_path / "seed.toml"
    file.write_text(SEED)
    seed = read_seed(file, "one")
    apps = Apps(Options(profile="documented", settings=seed.settings, seeded_apps=seed.apps))
    told = {
        name: (app.settings.profile, app.settings.pass_code_lifetime.total_seconds())
        for name, app in apps.pending.items()
        if app.settings is not None
    }
    assert told == {"one": ("documented", 60), "two": ("documented", 30), "three": ("v2-list", 300)}


async def test_one_app_answers_by_a_file_and_goes_back(tmp_path: Path) -> None:
    envelope = {"idField": "uniqueId", "repeatsCode": True, "postStatus": 201}
    path = written(
        tmp_path,
        name="ours",
        basedOn="v2-list",
        answers={"SENT_TOO_RECENTLY": ROW},
        envelope=envelope,
        settings={"passCodeLength": 4},
    )
    genauth = InProcessGenAuth()
    await genauth.answers_as(path)
    await asked(genauth, "send-sms", SMS)
    assert len(await genauth.pass_code("18812348888")) == 4
    again = await asked(genauth, "send-sms", SMS)
    assert (again["http"], again["code"], "uniqueId" in again) == (201, 4004, True)
    await genauth.answers_as("default")
    again = await asked(genauth, "send-sms", SMS)
    assert (again["http"], again["statusCode"], "code" in again) == (200, 422, False)
    assert (await genauth.settings())["passCodeLength"] == 6


async def test_what_is_set_is_shown_and_can_be_set_again() -> None:
    genauth = InProcessGenAuth()
    shown = await genauth.settings(profile={"answers": {"WRONG_CODE": ROW}})
    other = InProcessGenAuth()
    assert await other.settings(profile=shown["profile"]) == shown


def test_what_an_answer_leaves_out_is_that_of_the_profile_it_is_based_on(tmp_path: Path) -> None:
    path = written(tmp_path, basedOn="v2-captures", answers={"WRONG_CODE": {"statusCode": 400}})
    answers = profile_of(named_profile(path)).answers
    assert answers[Outcome.WRONG_CODE].api_code is None
    assert answers[Outcome.WRONG_CODE].chinese == "验证码不正确！"
    assert answers[Outcome.EXPIRED_CODE] == PROFILES["v2-captures"].answers[Outcome.EXPIRED_CODE]
    assert answers[Outcome.OK] == ERROR_CODES[Outcome.OK]


def test_the_same_profile_has_the_same_text_however_it_is_written() -> None:
    one = profile_name({"name": "a", "answers": {}})
    assert one == profile_name('{"answers":  {}, "name": "a"}')
    assert profile_of(one).name == "a"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "must be an object with answers"),
        ("{", "is not JSON"),
        ('{"a": ' * 10_000, "is not JSON"),
        ('{"anwsers": {}}', "unknown field 'anwsers'; expected one of: name, about, basedOn"),
        ('{"basedOn": "v3"}', "basedOn must be one of default, production-2024"),
        ('{"answers": 3}', "answers must be an object"),
        (
            '{"answers": {"NONSENSE": {}}}',
            "answers: unknown outcome 'NONSENSE'; expected one of: OK",
        ),
        ('{"answers": {"OK": 3}}', "answers.OK must be an object with statusCode"),
        ('{"answers": {"OK": {"statuscode": 1}}}', "answers.OK: unknown field 'statuscode'"),
        (
            '{"answers": {"OK": {"statusCode": "1"}}}',
            "answers.OK.statusCode must be a whole number",
        ),
        ('{"answers": {"OK": {"messages": {"fr": "x"}}}}', "answers.OK.messages must be an object"),
        ('{"answers": {"OK": {"source": 3}}}', "answers.OK.source must be a string"),
        ('{"envelope": {"idField": "id"}}', "envelope.idField must be one of requestId, uniqueId"),
        ('{"envelope": {"postStatus": 204}}', "envelope.postStatus must be a whole number"),
        ('{"settings": {"passCodeLength": 3}}', "settings.passCodeLength must be"),
        ('{"settings": {"profile": "default"}}', "settings.profile must be left out"),
    ],
)
def test_a_mistake_names_the_file_and_the_field(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "ours.json"
    path.write_text(content)
    with pytest.raises(InvalidInput) as refused:
        named_profile(path)
    assert str(refused.value).startswith(f"{path}: {said}")


def test_a_file_that_is_missing_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        named_profile(str(tmp_path / "nowhere.json"))


def test_a_name_that_is_none_says_which_there_are() -> None:
    with pytest.raises(ValueError, match=r"one of default, production-2024, .* or an object with"):
        named_profile("productoin")


async def test_a_mistake_in_an_object_is_named_under_its_setting() -> None:
    genauth = InProcessGenAuth()
    with pytest.raises(Exception, match=r"profile must be a profile .*answers.OK.apiCode must be"):
        await genauth.settings(profile={"answers": {"OK": {"apiCode": "0"}}})
