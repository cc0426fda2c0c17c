"""Where results of a measurement cannot be kept or shown, the other is done, a line names it, the exit code tells."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from rich.console import Console

from benchmarks.bench import mock as bench_mock
from benchmarks.bench import sdk as bench_sdk
from benchmarks.bench import sign_in as bench_sign_in
from benchmarks.bench.candidates import OFFICIAL, OURS
from benchmarks.bench.sdk import STACKS, TARGETS
from benchmarks.drawing import draw
from benchmarks.keeping import NOT_KEPT
from benchmarks.soak import run as soak
from tests.release.installed import PROJECT
from tests.support.full_disk import ended

CALLS = {"calls_per_second": 4321, "ratio": 1.0, "cpu_us_per_call": 1.0, "cpu_ratio": 1.0}
LOADS: dict[str, object] = {load: {OURS: CALLS, OFFICIAL: CALLS} for load in TARGETS}
SDK: dict[str, dict[str, object]] = {
    "machine": {"python": "3.99"},
    **{f"{scheme}, {stack}": LOADS for scheme in ("http", "https") for stack in STACKS},
    "import": {"ratio": 1.01},
    "memory": {"growth_kib": 7},
}
SIGN_IN: dict[str, object] = {
    **{name: {OURS: CALLS} for name in bench_sign_in.MOST},
    "times_the_cost": dict.fromkeys(bench_sign_in.MOST, 1.07),
}
MOCK = {"send-sms / bare": 0.81, "memory idle, MiB": 43.21}
MEMORY = {"warm": 60.5, "end": 61.5, "isFlat": True, "each": [60.0, 61.5]}
SOAK: dict[str, object] = {
    "command": "SOAK_SECONDS=60 make soak",
    "date": "2026-01-01",
    "workers": 4,
    "load": {"seconds": 60, "calls": 1202, "failures": [], "memoryMib": MEMORY},
    "requests": {
        "seconds": 30,
        "requests": 45000,
        "failures": [],
        "stackTraces": 0,
        "isHealthyAfterwards": True,
        "memoryMib": MEMORY,
    },
    "answers": {"seconds": 12, "calls": 2000, "failures": []},
}


TOLD: dict[str, Callable[[Path, Console], int]] = {
    "sdk": lambda folder, console: bench_sdk.told(SDK, folder / "sdk.json", console),
    "sign_in": lambda folder, console: bench_sign_in.told(
        SIGN_IN, folder / "sign_in.json", console
    ),
    "mock": lambda folder, console: bench_mock.told(MOCK, folder / "mock.json", console),
    "soak": lambda folder, console: soak.told(SOAK, folder, console),
}
FIGURES = {"sdk": "1.01", "sign_in": "1.07", "mock": "43.21", "soak": "60.5, 61.5"}
RESULTS = {"sdk": SDK, "sign_in": SIGN_IN, "mock": MOCK, "soak": SOAK}

needs_dev_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has /dev/full"
)


def told(name: str, folder: Path) -> tuple[int, str]:
    """Tell results; give the exit code and what the terminal shows."""
    terminal = io.StringIO()
    return TOLD[name](folder, Console(file=terminal, width=200)), terminal.getvalue()


@pytest.mark.parametrize("name", TOLD)
def test_results_are_shown_and_kept(tmp_path: Path, name: str) -> None:
    code, shown = told(name, tmp_path / "results")
    assert code == 0
    assert FIGURES[name] in shown
    assert json.loads((tmp_path / "results" / f"{name}.json").read_text()) == RESULTS[name]


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("load", {"failures": ["one"]}),
        ("answers", {"failures": ["one"]}),
        ("requests", {"stackTraces": 1}),
        ("requests", {"isHealthyAfterwards": False}),
        ("requests", {"memoryMib": {**MEMORY, "isFlat": False}}),
    ],
    ids=str,
)
def test_a_soak_that_found_something_fails(part: str, found: dict[str, object]) -> None:
    assert not soak.has_failed(SOAK)
    assert soak.has_failed({**SOAK, part: {**cast("dict[str, object]", SOAK[part]), **found}})


@pytest.mark.parametrize("name", TOLD)
def test_results_without_a_place_are_shown_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "file").touch()
    code, shown = told(name, tmp_path / "file" / "results")
    assert code == NOT_KEPT
    assert FIGURES[name] in shown
    assert f"{name}.json cannot be written: Not a directory" in capsys.readouterr().err


@needs_dev_full
@pytest.mark.parametrize("name", TOLD)
def test_results_that_nobody_can_be_shown_are_kept_all_the_same(tmp_path: Path, name: str) -> None:
    terminal = io.TextIOWrapper(io.FileIO("/dev/full", "w"), write_through=True)
    with terminal, pytest.raises(OSError, match="No space left"):
        TOLD[name](tmp_path, Console(file=terminal))
    assert json.loads((tmp_path / f"{name}.json").read_text()) == RESULTS[name]


@needs_dev_full
@pytest.mark.parametrize(
    "command",
    [
        "bench.mock",
        "bench.sdk --only memory --memory-calls 1000",
        "soak.run",
        "drawing.draw nowhere",
    ],
)
def test_an_output_without_room_ends_in_one_line(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """A soak tells at once only that it finds no redis-server."""
    monkeypatch.setenv("PATH", "")
    with Path("/dev/full").open("w") as full:
        code, said = ended(*f"benchmarks.{command}".split(), cwd=PROJECT, stdout=full)
    assert code == NOT_KEPT
    assert said == "the output cannot be written: No space left on device\n"


@needs_dev_full
def test_what_has_room_is_kept_beside_what_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "soak.json").symlink_to("/dev/full")
    code, _ = told("soak", tmp_path)
    said = capsys.readouterr()
    assert code == NOT_KEPT
    assert said.err == f"{tmp_path / 'soak.json'} cannot be written: No space left on device\n"
    assert said.out == f"written: {tmp_path / 'soak.svg'}\n"
    assert (tmp_path / "soak.svg").read_text().startswith("<svg")


@needs_dev_full
def test_every_other_picture_is_drawn(tmp_path: Path) -> None:
    for name, figures in RESULTS.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(figures))
    (tmp_path / "mock-speed.svg").symlink_to("/dev/full")
    assert draw.main(tmp_path) == NOT_KEPT
    drawn = {each.name for each in tmp_path.glob("*.svg") if each.is_file()}
    assert drawn == {"mock-memory.svg", "sdk-speed.svg", "sign-in-cost.svg", "soak.svg"}


def test_pictures_on_a_full_disk_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "sdk.json").write_text(json.dumps(SDK))
    (tmp_path / "sdk-speed.svg").write_text("as before")
    code, said = ended("benchmarks.drawing.draw", str(tmp_path), cwd=PROJECT, room=0)
    assert code == NOT_KEPT
    assert "sdk-speed.svg cannot be written: File too large" in said
    assert "Traceback" not in said
    assert (tmp_path / "sdk-speed.svg").read_text() == "as before"


@pytest.mark.parametrize("script", ["bench.mock", "bench.sdk", "bench.sign_in", "soak.run"])
def test_without_room_to_work_in_nothing_is_measured(script: str) -> None:
    code, said = ended(f"benchmarks.{script}", cwd=PROJECT, room=0)
    assert code == NOT_KEPT
    assert said.startswith("nothing can be measured: No usable temporary directory")
    assert "Traceback" not in said
