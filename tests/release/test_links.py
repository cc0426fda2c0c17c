"""Every relative link of every page leads to a file."""

import re
from pathlib import Path

import pytest

from tests.release.installed import PROJECT

PAGES = sorted(
    page
    for folder in ("", "docs", "examples", "changelog.d")
    for page in (PROJECT.glob("*.md") if not folder else (PROJECT / folder).rglob("*.md"))
)
LINK = re.compile(
    r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)|(?:src|srcset)=\"([^\"]+)\"|literalinclude\} (\S+)"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Links to the web are left alone."""
    found = ("".join(groups) for groups in LINK.findall(page.read_text(encoding="utf-8")))
    missing = [
        link
        for link in found
        if "://" not in link
        and not link.startswith("mailto:")
        and not (page.parent / link).exists()
    ]
    assert not missing
