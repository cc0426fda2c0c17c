"""Where a texted code comes from; no source tells it to anybody else."""

from __future__ import annotations

import json
import sys

import attrs
import pytest

from genauth_contract.outcomes.models import PassCode
from genauth_contract.targets.codes import pass_code_source, refuse_unknown
from genauth_contract.targets.codes.source import NoPassCode, code_in
from tests.contract.support.codes import GBK_TEXT, PHONE, around


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("271828", "271828"),
        ("Your code is 1234.", "1234"),
        ("at 10:30 code 271828", "271828"),
        (json.dumps({"text": "验证码 271828，5 分钟"}), "271828"),  # \u5206 is no code
    ],
)
def test_a_code_is_found_in_what_carries_it(text: str, digits: str) -> None:
    assert code_in(text) == PassCode(digits)


@pytest.mark.parametrize("text", ["", "none", "123", "123456789"])
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert code_in(text) is None


@pytest.mark.parametrize("spec", ["prompt", "cmd:./read-sms {phone}", "file:codes.txt", "catch:0"])
def test_the_forms_of_the_option(spec: str) -> None:
    refuse_unknown(spec)


@pytest.mark.parametrize(
    "spec",
    ["", "cmd:", "cmd:read 'an open quotation", "file:", "catch:x", "catch:²", "catch:65536", "mailbox"],
)  # fmt: skip
def test_another_form_is_refused_and_the_right_ones_are_named(spec: str) -> None:
    with pytest.raises(ValueError, match="prompt, cmd:COMMAND"), pass_code_source(spec, around()):
        pass


def test_a_person_is_asked_without_the_whole_number() -> None:
    asked: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        return "271828"

    surroundings = attrs.evolve(around(), ask=ask)
    with pass_code_source("prompt", surroundings) as source:
        source.forget()
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("271828")
    assert asked == ["Code texted to +86 188****8888 for CHANNEL_LOGIN"]


def test_a_person_who_types_no_code_is_told_so() -> None:
    with pass_code_source("prompt", around(typed="no")) as source, pytest.raises(NoPassCode):
        source.code(PHONE, "CHANNEL_LOGIN")


def test_a_prompt_without_a_terminal_gives_no_code() -> None:
    def ask(_: str) -> str:
        raise EOFError

    with (
        pass_code_source("prompt", attrs.evolve(around(), ask=ask)) as source,
        pytest.raises(NoPassCode, match="nobody is there"),
    ):
        source.code(PHONE, "CHANNEL_LOGIN")


def command(script: str) -> str:
    return f"cmd:{sys.executable} -c '{script}' {{phone}} {{channel}}"


def test_a_command_is_told_phone_and_channel() -> None:
    script = (
        'import sys; print(2718 if sys.argv[1:] == ["+8618812348888", "CHANNEL_LOGIN"] else "")'
    )
    with pass_code_source(command(script), around()) as source:
        source.forget()
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("2718")


@pytest.mark.parametrize(
    ("spec", "complaint"),
    [
        (command("import sys; sys.exit(3)"), "exit code 3"),
        (command("print(1)"), "4 to 8 digits"),
        ("cmd:/no/such/command", "FileNotFoundError"),
    ],
    ids=["failed", "no code", "no command"],
)
def test_a_command_without_a_code_is_told_so(spec: str, complaint: str) -> None:
    with (
        pass_code_source(spec, attrs.evolve(around(), timeout_seconds=30.0)) as source,
        pytest.raises(NoPassCode, match=complaint),
    ):
        source.code(PHONE, "CHANNEL_LOGIN")


def test_a_command_may_print_a_text_in_any_encoding() -> None:
    script = f"import sys; sys.stdout.buffer.write({GBK_TEXT!r})".replace("'", '"')
    with pass_code_source(command(script), attrs.evolve(around(), timeout_seconds=30.0)) as source:
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("2222")


def test_somebody_who_mistypes_is_asked_again() -> None:
    typed = iter(["", "no", "271828"])

    def ask(text: str) -> str:
        assert text
        return next(typed)

    with pass_code_source("prompt", attrs.evolve(around(), ask=ask)) as source:
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("271828")
