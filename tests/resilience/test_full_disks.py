"""Where nothing can be written: one clear line, an exit code, no stack trace, no half-written file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from genauth_mock.server.launch import running_in_thread
from tests.support.full_disk import ended

MOCK = "genauth_mock"
CONTRACT = "genauth_contract"
NO_SPACE = "No space left on device"
ONE = ("-k", "a_texted_code_binds_the_phone")

needs_dev_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has /dev/full"
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a recording of one scenario, as if a deployment had answered: a mock teaches nothing."""
    path = tmp_path_factory.mktemp("recorded") / "ours.json"
    code, said = ended(CONTRACT, "record", *ONE, "-o", str(path))
    assert code == 0, said
    path.write_text(path.read_text().replace('"kind": "mock"', '"kind": "private"'))
    return str(path)


def test_a_ready_file_below_a_file_is_named_and_nothing_is_served(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ready = str(tmp_path / "file" / "ready")
    code, said = ended(MOCK, "serve", "--port", "0", "--ready-file", ready)
    assert code == 2
    assert "--ready-file" in said
    assert "Traceback" not in said


def test_a_ready_file_without_room_leaves_nothing_half_written(tmp_path: Path) -> None:
    ready = str(tmp_path / "ready")
    code, said = ended(MOCK, "serve", "--port", "0", "--ready-file", ready, room=0)
    assert code == 2
    assert "--ready-file" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@needs_dev_full
def test_a_dump_onto_a_full_disk_says_so() -> None:
    with running_in_thread() as server, Path("/dev/full").open("w") as full:
        code, said = ended(MOCK, "dump", "--url", server.url, stdout=full)
    assert code == 1
    assert "cannot be written: No space left" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("option", ["--json", "--html", "--junit", "--ledger", "--resume", "-o"])
def test_a_run_that_could_not_be_kept_does_not_begin(tmp_path: Path, option: str) -> None:
    """A live run costs texts: whether its results can be written is tried before."""
    (tmp_path / "file").touch()
    where = tmp_path / "file" / "result"
    code, said = ended(CONTRACT, "record", *ONE, option, str(where), cwd=tmp_path)
    assert code == 4
    assert f"{where} cannot be written: " in said
    assert "Traceback" not in said
    assert "passed" not in said


@pytest.mark.parametrize("option", ["--json", "--html", "-o"])
def test_a_disk_that_gets_full_during_a_run_takes_no_verdict_away(
    tmp_path: Path, option: str
) -> None:
    """What was found is told all the same, and what was written before is left as it was."""
    path = tmp_path / "kept"
    path.write_text("as before")
    command = "record" if option == "-o" else "run"
    code, said = ended(CONTRACT, command, *ONE, option, str(path), cwd=tmp_path, room=20)
    assert code == 26
    assert f"{path} cannot be written: File too large" in said
    assert "passed: 2" in said
    assert "Traceback" not in said
    assert path.read_text() == "as before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("option", ["--json", "--html", "--junit", "--learn"])
def test_a_comparison_that_cannot_be_written_says_so(
    tmp_path: Path, recorded: str, option: str
) -> None:
    path = tmp_path / "report"
    code, said = ended(CONTRACT, "diff", recorded, "mock", option, str(path), room=0)
    assert code == 26
    assert f"{path} cannot be written: File too large" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@needs_dev_full
@pytest.mark.parametrize("full", ["--json", "--html", "--junit", "--learn"])
def test_a_comparison_writes_what_has_room_and_tells_the_rest_at_the_end(
    tmp_path: Path, recorded: str, full: str
) -> None:
    paths = {name: tmp_path / name[2:] for name in ("--json", "--html", "--junit", "--learn")}
    paths[full].symlink_to("/dev/full")
    given = [word for name, path in paths.items() for word in (name, str(path))]
    code, said = ended(CONTRACT, "diff", recorded, "mock", *given)
    assert code == 26
    assert {name for name, path in paths.items() if path.is_file()} == paths.keys() - {full}
    assert "1 scenarios, 26 fields the same, 0 differ" in said
    assert said.endswith(f"genauth-contract: {paths[full]} cannot be written: {NO_SPACE}\n")


@needs_dev_full
def test_a_junit_report_without_room_takes_no_other_away(tmp_path: Path) -> None:
    """It is pytest that writes it."""
    (tmp_path / "junit").symlink_to("/dev/full")
    given = ["--junit", "junit", "--json", "json", "--html", "html", "-o", "recording"]
    code, said = ended(CONTRACT, "record", *ONE, *given, cwd=tmp_path)
    assert code == 26
    assert f"junit cannot be written: {NO_SPACE}" in said
    assert "passed: 2" in said
    assert "Traceback" not in said
    kept = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert kept == {"json", "html", "recording"}


def test_half_of_a_junit_report_is_taken_away(tmp_path: Path) -> None:
    code, said = ended(CONTRACT, "run", *ONE, "--junit", "junit", cwd=tmp_path, room=20)
    assert code == 26
    assert "junit cannot be written: File too large" in said
    assert "passed: 2" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["learn", "matrix"])
def test_a_table_that_cannot_be_written_says_so(
    tmp_path: Path, recorded: str, command: str
) -> None:
    path = tmp_path / "table"
    given = (command, recorded) if command == "learn" else (command,)
    code, said = ended(CONTRACT, *given, "-o", str(path), room=0)
    assert code == 26
    assert f"{path} cannot be written: File too large" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@needs_dev_full
@pytest.mark.parametrize("command", [("list",), ("run", *ONE)], ids=["list", "run"])
def test_a_terminal_that_takes_nothing_is_told_in_one_line(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        code, said = ended(CONTRACT, *command, stdout=full)
    assert code == 26
    assert "cannot be written: No space left" in said
    assert "Traceback" not in said


@needs_dev_full
def test_a_run_whose_table_has_no_room_still_writes_its_report(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        code, _ = ended(CONTRACT, "run", *ONE, "--json", "report", cwd=tmp_path, stdout=full)
    assert code == 26
    assert len(json.loads((tmp_path / "report").read_text("utf-8"))["rows"]) == 2


@needs_dev_full
def test_a_device_is_written_to_and_not_put_aside(tmp_path: Path, recorded: str) -> None:
    """A link to it, so that nobody's device is lost where this fails."""
    link = tmp_path / "device"
    link.symlink_to("/dev/full")
    code, said = ended(CONTRACT, "learn", recorded, "-o", str(link))
    assert code == 26
    assert f"{link} cannot be written: No space left" in said
    assert link.is_symlink()
