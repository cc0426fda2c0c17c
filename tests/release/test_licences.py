"""The page of licences is true, and nothing that is installed is under a licence that binds its users."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest

from tests.release.installed import PROJECT

PAGE = PROJECT / "docs/reference/licences.md"
PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL|Mozilla|Unlicense")
"""MPL binds only who changes the files that are under it."""


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """Give the script that writes the page."""
    spec = spec_from_file_location("write_licences", PROJECT / "docs/write_licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names_and_extras(page: str) -> list[tuple[str, str]]:
    """Read what the page lists; how a package words its licence may change with its version."""
    rows = [line.strip("|\n").split("|") for line in page.splitlines() if line.startswith("| ")]
    return [(name.strip(), extras.strip()) for name, _, extras in rows]


def test_the_page_lists_what_is_installed(writer: ModuleType) -> None:
    """Else run `make licences`."""
    assert names_and_extras(PAGE.read_text(encoding="utf-8")) == names_and_extras(writer.page())


def test_every_licence_is_permissive(writer: ModuleType) -> None:
    """A user may put the package into anything."""
    found = {each.name: each.licence for each in writer.dependencies()}
    assert len(found) > 20
    assert not {name for name, licence in found.items() if not PERMISSIVE.search(licence)}
    assert not {name for name, licence in found.items() if re.search(r"\bA?GPL", licence)}
