"""Each way to choose how the offline GenAuth answers: fixture, mark, in process, control call, command line."""

from __future__ import annotations

import json
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from genauth_mock.cli.main import main
from genauth_mock.control.client import ControlRefused
from genauth_mock.control.request import ControlError
from genauth_mock.engine.profiles import PROFILES, profile_of
from genauth_mock.http.messages import HttpReply, HttpRequest
from genauth_mock.runtime.options import Options
from genauth_mock.testing import GenAuthServer
from genauth_mock.testing.in_process import InProcessGenAuth

pytest_plugins = ["pytester"]

SMS = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
Json = dict[str, object]


def posted(server: GenAuthServer, call: str, body: object) -> tuple[int, Json]:
    """Post to one app; return HTTP status and body."""
    headers = {"x-genauth-app-id": server.app_id, "content-type": "application/json"}
    request = Request(f"{server.app_host}/api/v3/{call}", json.dumps(body).encode(), headers)  # noqa: S310 - our own server
    with urlopen(request) as answer:  # noqa: S310 - as above
        return answer.status, json.load(answer)


def wrong_code(server: GenAuthServer) -> Json:
    """Sign in with a wrong code."""
    login = {**SMS, "channel": "CHANNEL_LOGIN"}
    posted(server, "send-sms", login)
    code = server.pass_code("18812348888", "CHANNEL_LOGIN")
    wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
    proof = {"phone": "18812348888", "passCode": wrong}
    body = {"connection": "PASSCODE", "passCodePayload": proof}
    return posted(server, "signin", body)[1]


def test_a_fixture_answers_as_another_genauth_and_back(genauth_server: GenAuthServer) -> None:
    genauth_server.answers_as("v2-captures")
    told = wrong_code(genauth_server)
    assert (told["apiCode"], told["code"], told["message"]) == (500, 500, "验证码不正确！")
    assert "uniqueId" in told
    assert "requestId" not in told
    genauth_server.answers_as("default")
    genauth_server.advance(61)
    assert wrong_code(genauth_server)["apiCode"] == 2001


def test_an_unknown_profile_is_refused_with_those_that_there_are(
    genauth_server: GenAuthServer,
) -> None:
    with pytest.raises(ControlRefused, match="profile must be one of default, production-2024"):
        genauth_server.answers_as("productoin")


@pytest.mark.genauth_profiles
def test_a_mark_runs_a_test_under_every_profile(
    genauth_server: GenAuthServer, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["_genauth_profile"]
    http, told = posted(genauth_server, "send-sms", SMS)
    again = posted(genauth_server, "send-sms", SMS)[1]
    shape = profile_of(name).shape
    assert (http, told["statusCode"]) == (shape.post_status, 200)
    assert ("requestId" in told) == (shape.id_field == "requestId")
    assert again["statusCode"] == (429 if name == "documented" else 422)


@pytest.mark.genauth_profiles("documented", "plain-http")
def test_a_profile_brings_settings_and_fields_along(
    genauth_server: GenAuthServer, request: pytest.FixtureRequest
) -> None:
    is_documented = "documented" in request.node.name
    genauth_server.new_user(username="ada", password="a-secret")
    payload = {"username": "ada", "password": "a-secret"}
    body = {"connection": "PASSWORD", "passwordPayload": payload}
    data = posted(genauth_server, "signin", body)[1]["data"]
    assert isinstance(data, dict)
    assert ("expires_in" in data, "expire_in" in data) == (not is_documented, is_documented)
    posted(genauth_server, "send-sms", SMS)
    code = genauth_server.pass_code("18812348888")
    genauth_server.advance(61)
    check = {"phone": "18812348888", "passCode": code, "channel": "CHANNEL_BIND_PHONE"}
    asked = {"codeType": "SMS", "smsCodePayload": check}
    valid = posted(genauth_server, "pre-check-code", asked)[1]["data"]
    assert isinstance(valid, dict)
    assert valid["isValid"] is not is_documented


def test_every_test_without_the_mark_runs_once(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        def test_once(genauth_server):
            pass

        @pytest.mark.genauth_profiles("v2-list", "shuffle:3")
        def test_twice(genauth_server):
            pass
        """
    )
    project.runpytest_subprocess("-p", "no:asyncio", "-p", "no:randomly").assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ('genauth_profiles("nope")\ndef test_x(genauth_server): pass', "one of default"),
        ("genauth_profiles\ndef test_x(): pass", "asks for no genauth_server"),
    ],
    ids=["unknown profile", "no server"],
)
def test_a_mark_that_cannot_be_followed_says_why(
    project: pytest.Pytester, test: str, said: str
) -> None:
    project.makepyfile(f"import pytest\n\n@pytest.mark.{test}\n")
    result = project.runpytest_subprocess("-p", "no:asyncio")
    assert result.ret != 0
    assert said in result.stdout.str() + result.stderr.str()


async def sent_twice(genauth: InProcessGenAuth) -> HttpReply:
    """Ask for a second text within a minute."""
    sms = HttpRequest("POST", "/api/v3/send-sms", {}, {}, json.dumps(SMS).encode())
    await genauth.answer(sms)
    return await genauth.answer(sms)


async def test_in_process_the_deployment_or_the_app_answers_by_a_profile() -> None:
    genauth = InProcessGenAuth(Options(profile="documented"))
    assert b'"statusCode":429' in (await sent_twice(genauth)).body
    await genauth.answers_as("plain-http")
    again = await sent_twice(genauth)
    assert (again.status, b'"statusCode":422' in again.body) == (201, True)
    with pytest.raises(ControlError, match="profile must be one of"):
        await genauth.answers_as("nope")


async def test_a_shuffle_is_drawn_by_the_seed_of_the_codes() -> None:
    bodies = set[bytes]()
    for seed in map(str, range(12)):
        genauth = InProcessGenAuth(Options(profile="shuffle", codes_seed=seed))
        told = json.loads((await sent_twice(genauth)).body)
        row = profile_of(f"shuffle:{seed}").answers
        [sent] = [row[one] for one in row if one.name == "SENT_TOO_RECENTLY"]
        assert (told["statusCode"], told.get("apiCode")) == (sent.status_code, sent.api_code)
        bodies.add(f"{told['statusCode']} {told.get('apiCode')}".encode())
    assert len(bodies) > 2


def test_the_command_names_the_profiles_that_there_are() -> None:
    done = CliRunner().invoke(main, ["serve", "--profile", "nope", "--port", "0"])
    assert done.exit_code == 2
    assert all(name in done.output.replace("\n", " ") for name in PROFILES)
