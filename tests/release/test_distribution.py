"""What is in the wheel and the sdist, and what they say of themselves."""

import re
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import aiogenauth
from tests.release.installed import PROJECT, build, run

PACKAGES = {
    "aiogenauth": PROJECT / "src/aiogenauth",
    "genauth_mock": PROJECT / "mock_server/genauth_mock",
    "genauth_contract": PROJECT / "contract/genauth_contract",
}


@pytest.fixture
def metadata(wheel: Path) -> Message:
    """Give what the wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


def test_the_metadata_would_be_taken_by_an_index(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """Its long description renders, and nothing is missing."""
    run([sys.executable, "-m", "twine", "check", "--strict", str(wheel), str(sdist)], tmp_path)


def test_the_description_has_no_link_that_leads_nowhere(metadata: Message) -> None:
    """An index shows the README alone, without the files that it links to in the repository."""
    description = str(metadata.get_payload())
    links = re.findall(r"\]\(([^)]+)\)|(?:src|srcset|href)=\"([^\"]+)\"", description)
    assert [link for both in links for link in both if link and "://" not in link] == []
    assert "raises an `aiogenauth.GenAuthError` otherwise: all errors, and" in " ".join(
        description.split()
    )
    assert metadata["Description-Content-Type"] == "text/markdown"


def test_the_version_is_told_in_one_place(metadata: Message, wheel: Path, sdist: Path) -> None:
    """Package, metadata and file names agree."""
    assert metadata["Version"] == aiogenauth.__version__
    assert wheel.name == f"aiogenauth-{aiogenauth.__version__}-py3-none-any.whl"
    assert sdist.name == f"aiogenauth-{aiogenauth.__version__}.tar.gz"


def test_the_sdk_alone_needs_few_packages(metadata: Message) -> None:
    """Everything else is an extra; multidict and yarl come with aiohttp anyway."""
    needed = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    assert {each.name for each in needed if each.marker is None} == {
        "aiohttp", "multidict", "yarl", "attrs", "cattrs", "phonenumberslite"
    }  # fmt: skip
    assert set(metadata.get_all("Provides-Extra", [])) == {
        "httpx", "otel", "mock", "redis", "contract", "oidc", "passkeys", "fast"
    }  # fmt: skip


def test_licence_and_classifiers_are_there(metadata: Message) -> None:
    """An index shows them."""
    assert metadata["License-Expression"] == "MIT"
    assert metadata["License-File"] == "LICENSE"
    classifiers = metadata.get_all("Classifier", [])
    assert {"Typing :: Typed", "Framework :: AsyncIO", "Framework :: Pytest"} <= set(classifiers)
    assert metadata["Requires-Python"] == ">=3.11"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_has_every_file_of_a_package(wheel: Path, package: str) -> None:
    """Code, the inbox page, the contract's documents, and the mark that types are told."""
    folder = PACKAGES[package]
    there = {
        f"{package}/{file.relative_to(folder)}"
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith(f"{package}/")}
    assert packed == there
    assert f"{package}/py.typed" in packed


def test_the_sdist_builds_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """Whoever builds from source gets what we have built."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    [source] = tmp_path.iterdir()
    (tmp_path / "dist").mkdir()
    again, _ = build(tmp_path / "dist", source)
    with zipfile.ZipFile(wheel) as ours, zipfile.ZipFile(again) as theirs:
        assert {i.filename: i.CRC for i in ours.infolist()} == {
            i.filename: i.CRC for i in theirs.infolist()
        }


def test_the_next_changelog_has_every_fragment() -> None:
    """Each fragment has a kind that is known, and text."""
    draft = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "## 9.9.9 - " in draft
    for fragment in (PROJECT / "changelog.d").glob("+*.md"):
        text = fragment.read_text(encoding="utf-8").strip()
        assert text, fragment.name
        assert text in draft, f"{fragment.name}: its kind is none of those in pyproject.toml"
