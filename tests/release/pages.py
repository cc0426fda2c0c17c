"""The pages of the documentation, and the blocks that stand in them."""

import re
import shutil
from pathlib import Path

from tests.release.installed import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
BASH = shutil.which("bash") or "bash"
"""Who reads their shell blocks."""


def blocks(page: Path, *languages: str) -> list[str]:
    """Give the blocks of a page in some languages, in order."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^```(\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [block for language, block in found if language in languages]


def with_blocks(*languages: str) -> list[str]:
    """Give the names of the pages that have a block in one of some languages."""
    return [str(page.relative_to(PROJECT)) for page in PAGES if blocks(page, *languages)]
