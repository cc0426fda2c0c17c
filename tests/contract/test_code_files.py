"""Texted codes that are read from a file, whenever and however it is written."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from genauth_contract.outcomes.models import PassCode
from genauth_contract.targets.codes import pass_code_source
from genauth_contract.targets.codes.source import NoPassCode
from tests.contract.support.codes import (
    GBK_TEXT,
    PHONE,
    SteppedTime,
    around,
)


def test_a_file_is_read_once_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_text("an old 1111")
    time = SteppedTime(happening=(path, "a new 2222"))
    with pass_code_source(f"file:{path}", around(time)) as source:
        source.forget()
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
