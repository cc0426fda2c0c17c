"""Every example does what it says: run as a stranger runs it, from a copy outside of the project."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
import yaml

EXAMPLES = Path(__file__).parents[2] / "examples"
GENAUTH_MOCK = str(Path(sys.executable).with_name("genauth-mock"))
SECONDS = 240.0
"""How long an example may take before it counts as hanging."""


def run(*command: str, cwd: Path, **variables: str) -> str:
    """Run a command without the environment of this test run; give what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GENAUTH_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**kept, "PATH": path, "PYTHONUNBUFFERED": "1", **variables},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize(
    ("service", "plugins"),
    [
        ("fastapi_service", ["-p", "no:asyncio"]),
        ("tutorial", ["-p", "no:asyncio"]),
        ("aiohttp_service", []),
        ("login_fastapi", ["-p", "no:asyncio"]),
        ("login_aiohttp", []),
    ],
    ids=[
        "FastAPI, with plain pytest",
        "the tutorial, with plain pytest",
        "aiohttp",
        "signing in on FastAPI, with plain pytest",
        "signing in on aiohttp",
    ],
)
def test_a_service_passes_its_own_tests(tmp_path: Path, service: str, plugins: list[str]) -> None:
    """The tests run from a copy, with nothing of this project around them."""
    copy = shutil.copytree(EXAMPLES / service, tmp_path / service)
    told = run(sys.executable, "-m", "pytest", "-q", "-W", "error", *plugins, cwd=copy)
    assert " passed" in told
    assert "skipped" not in told


def test_both_services_answer_errors_alike() -> None:
    """The table is there twice, so that each example stands alone."""
    ours = EXAMPLES / "fastapi_service/phone_api/answers.py"
    theirs = EXAMPLES / "aiohttp_service/phone_web/answers.py"
    assert ours.read_text(encoding="utf-8") == theirs.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", ["sessions.py", "page.py"])
def test_what_both_ways_to_sign_in_share_is_the_same(module: str) -> None:
    """It is there twice, so that each example stands alone."""
    ours = EXAMPLES / "login_fastapi/login_api" / module
    theirs = EXAMPLES / "login_aiohttp/login_web" / module
    assert ours.read_text("utf-8") == theirs.read_text("utf-8")


def test_the_shortest_script_binds_a_phone(tmp_path: Path) -> None:
    """The code comes from the outbox; nobody is asked."""
    told = run(
        GENAUTH_MOCK, "exec", "--", sys.executable, str(EXAMPLES / "bind_phone.py"), cwd=tmp_path
    )
    assert re.search(r"Bound: the profile of user \w+ shows \+86 188\*\*\*\*8888\.", told)


def test_the_shortest_script_ends_with_a_sentence_where_a_number_cannot_be(tmp_path: Path) -> None:
    """An error of the SDK is told in one line."""
    script = str(EXAMPLES / "bind_phone.py")
    told = run(
        GENAUTH_MOCK, "exec", "--", "sh", "-c",
        f"! {shlex.join([sys.executable, script, '12'])} 2>&1",
        cwd=tmp_path,
    )  # fmt: skip
    assert told.startswith("InvalidInput: phone_number: ")
    assert told.count("\n") == 1


def test_lost_answers_are_settled_or_called_unknown(tmp_path: Path) -> None:
    """Confirmed by the profile; unknown, and not bound; unknown, and bound after all."""
    told = run(
        GENAUTH_MOCK, "exec", "--", sys.executable, str(EXAMPLES / "lost_answer.py"), cwd=tmp_path
    )
    found = re.findall(
        r"confirmed by the profile|BindOutcomeUnknown|no phone|bound, with the same code"
        r"|it shows the number",
        told,
    )
    assert found == [
        "confirmed by the profile",
        "BindOutcomeUnknown", "no phone", "bound, with the same code",
        "BindOutcomeUnknown", "it shows the number",
    ]  # fmt: skip


def scripts(name: str) -> list[str]:
    """Give the shell commands of a CI file."""
    content = yaml.safe_load((EXAMPLES / "ci" / name).read_text(encoding="utf-8"))
    if name == "gitlab-ci.yml":
        return cast("list[str]", content["test"]["script"])
    return [step["run"] for step in content["jobs"]["test"]["steps"] if "run" in step]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("github-actions.yml", "vendor.github-workflows"),
        ("gitlab-ci.yml", "vendor.gitlab-ci"),
        ("genauth-mock/action.yml", "vendor.github-actions"),
        ("genauth-mock.gitlab-ci.yml", "vendor.gitlab-ci"),
    ],
)
def test_a_ci_file_is_what_its_service_reads(name: str, schema: str) -> None:
    """By the schema of the service, which check-jsonschema brings along."""
    check = str(Path(sys.executable).with_name("check-jsonschema"))
    run(check, "--builtin-schema", schema, str(EXAMPLES / "ci" / name), cwd=EXAMPLES)


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_a_ci_file_runs_a_users_tests_on_an_offline_genauth(tmp_path: Path, name: str) -> None:
    """Its last command is run beside a test that needs every variable it promises."""
    install, test = scripts(name)
    assert install == "pip install 'aiogenauth[mock]' pytest"
    (tmp_path / "test_mine.py").write_text(
        "import os, asyncio\n"
        "from aiogenauth import AuthenticationClient\n"
        "async def bound():\n"
        "    async with AuthenticationClient() as client:\n"
        "        return (await client.get_profile()).phone\n"
        "def test_mine():\n"
        "    assert os.environ['GENAUTH_APP_SECRET']\n"
        "    assert asyncio.run(bound()) is None\n",
        encoding="utf-8",
    )
    assert "1 passed" in run("sh", "-c", test, cwd=tmp_path)
