"""Where a texted code comes from; no source tells it to anybody else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from genauth_contract.clock import RealTime
from genauth_contract.codes import is_form, pass_code_source
from genauth_contract.codes.catcher import Catcher
from genauth_contract.codes.source import NoPassCode, Surroundings, code_in
from genauth_contract.people import PassCode, Phone

PHONE = Phone("18812348888")


@attrs.define
class SteppedTime:
    """Time that passes only when somebody waits; something may happen meanwhile."""

    seconds: float = 0.0
    happening: tuple[Path, str] | None = None

    def now(self) -> float:
        return self.seconds

    def wait(self, seconds: float, why: str) -> None:
        assert "18812348888" not in why
        self.seconds += seconds
        if self.happening:
            path, text = self.happening
            path.write_text(text)


def around(time: SteppedTime | None = None, typed: str = "") -> Surroundings:
    return Surroundings(
        ask=lambda _: typed, say=lambda _: None, time=time or SteppedTime(), timeout_seconds=1.0
    )


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
    assert is_form(spec)


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


def test_a_file_is_read_once_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_text("an old 1111")
    time = SteppedTime(happening=(path, "a new 2222"))
    with pass_code_source(f"file:{path}", around(time)) as source:
        source.forget()
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("2222")


GBK_TEXT = "验证码 2222".encode("gbk")


def test_a_command_may_print_a_text_in_any_encoding() -> None:
    script = f"import sys; sys.stdout.buffer.write({GBK_TEXT!r})".replace("'", '"')
    with pass_code_source(command(script), attrs.evolve(around(), timeout_seconds=30.0)) as source:
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("2222")


def test_a_file_may_hold_a_text_in_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    with pass_code_source(f"file:{path}", around()) as source:
        source.forget()
        path.write_bytes(GBK_TEXT)
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("2222")


def test_a_file_that_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    with (
        pass_code_source(f"file:{tmp_path}", around()) as source,
        pytest.raises(NoPassCode, match="cannot be read"),
    ):
        source.forget()


@attrs.define
class Writing(SteppedTime):
    """Time in which a file is written piece by piece."""

    path: Path = attrs.field(kw_only=True)
    pieces: list[str] = attrs.field(kw_only=True)

    def wait(self, seconds: float, why: str) -> None:
        super().wait(seconds, why)
        if self.pieces:
            self.path.write_text(self.pieces.pop(0))


def test_a_file_that_is_being_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_text("an old 1111")
    time = Writing(path=path, pieces=["", "a new 2222", "a new 222233"])
    with pass_code_source(f"file:{path}", attrs.evolve(around(), time=time)) as source:
        source.forget()
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("222233")


def test_a_file_that_does_not_change_is_given_up(tmp_path: Path) -> None:
    with pass_code_source(f"file:{tmp_path / 'codes.txt'}", around()) as source:
        source.forget()
        with pytest.raises(NoPassCode, match="188"):
            source.code(PHONE, "CHANNEL_LOGIN")


def as_sent(form: str, text: dict[str, str]) -> dict[str, Any]:
    """Say how httpx sends a text: as JSON, or as a form."""
    return {form: text}


@pytest.mark.parametrize("form", ["json", "data"])
def test_a_text_is_caught_from_an_sms_provider_of_ones_own(form: str) -> None:
    with pass_code_source("catch:0", around()) as source:
        assert isinstance(source, Catcher)
        url = f"http://127.0.0.1:{source.port}/"
        httpx.request(
            "POST", url, **as_sent(form, {"to": "+8618812348888", "text": "an old code 1111"})
        )
        source.forget()
        httpx.request(
            "POST", url, **as_sent(form, {"to": "+8618800000000", "text": "for somebody else 3333"})
        )
        httpx.request(
            "POST", url, **as_sent(form, {"to": "+8618812348888", "text": "your code 2222"})
        )
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("2222")


def test_a_text_that_names_no_number_is_nobodys_and_is_told_of() -> None:
    """Such as what a forwarder app posts that tells only who sent the text."""
    quick = attrs.evolve(around(), time=RealTime(lambda _: None), timeout_seconds=0.05)
    with pass_code_source("catch:0", quick) as source:
        assert isinstance(source, Catcher)
        httpx.post(f"http://127.0.0.1:{source.port}/", json={"text": "your code 2222"})
        with pytest.raises(NoPassCode, match="1 came that do not name this number") as refused:
            source.code(PHONE, "CHANNEL_LOGIN")
    assert "2222" not in str(refused.value)


def test_a_port_that_is_in_use_is_told_so() -> None:
    with pass_code_source("catch:0", around()) as source:
        assert isinstance(source, Catcher)
        taken = pass_code_source(f"catch:{source.port}", around())
        with pytest.raises(ValueError, match="cannot be listened on"), taken:
            pass


def test_a_text_that_never_comes_is_given_up() -> None:
    quick = attrs.evolve(around(), timeout_seconds=0.0)
    with pass_code_source("catch:0", quick) as source, pytest.raises(NoPassCode, match="caught"):
        source.code(PHONE, "CHANNEL_LOGIN")


def test_somebody_who_mistypes_is_asked_again() -> None:
    typed = iter(["", "no", "271828"])

    def ask(text: str) -> str:
        assert text
        return next(typed)

    with pass_code_source("prompt", attrs.evolve(around(), ask=ask)) as source:
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("271828")


def test_who_waits_for_a_text_is_told_how_long_they_still_may(tmp_path: Path) -> None:
    said: list[str] = []
    surroundings = attrs.evolve(around(), say=said.append, timeout_seconds=15.0)
    with (
        pass_code_source(f"file:{tmp_path / 'none.txt'}", surroundings) as source,
        pytest.raises(NoPassCode),
    ):
        source.code(PHONE, "CHANNEL_LOGIN")
    assert said == [
        f"waiting for the code texted to +86 188****8888: {left} s left" for left in (13, 3)
    ]
