"""How the documentation site is built: `make docs`."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiogenauth import __version__
from genauth_mock.server import launch

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))  # for `tables`

project = "aiogenauth"
author = "The aiogenauth developers"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_click",
    "sphinx_copybutton",
    "tables",
]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"aiogenauth {version}"
html_show_copyright = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

default_role = "py:obj"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
autoclass_content = "class"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

OUTSIDE: Final = "myst.xref_missing"
"""Pages link to files of the repository, which the site does not have."""
AMBIGUOUS: Final = "ref.python"
"""Annotations name `type` and `id`, which are fields of answers, too."""
suppress_warnings = [OUTSIDE, AMBIGUOUS]

_QUOTED: Final = re.compile(r"(?<!`)`([^`\n]+)`(?![`_])")
_COMMAND: Final = re.compile(r"(genauth-(?:mock|contract) \S+ -- .*)$")
_NAME: Final = re.compile(r"[A-Za-z_][\w.]*")


def setup(app: Sphinx) -> None:
    """Read our docstrings as they are written."""
    # autodoc looks up all annotations of a module at once, and links none of them where one name is missing.
    # These two `genauth_mock.server.launch` imports for type checkers alone.
    for each in (AsyncGenerator, Generator):
        setattr(launch, each.__name__, each)
    app.connect("autodoc-process-docstring", _read_docstring, priority=400)  # before napoleon
    app.connect("sphinx-click-process-description", _keep_dashes)
    app.connect("sphinx-click-process-epilog", _leave_out)


def _read_docstring(
    _app: Sphinx, what: str, _name: str, _what_it_is: object, _options: object, lines: list[str]
) -> None:
    """Link names in single backticks, show the rest as code. A module's docstring is on its page already."""
    lines[:] = [] if what == "module" else [_QUOTED.sub(_linked_or_code, line) for line in lines]


def _keep_dashes(_app: Sphinx, _context: object, lines: list[str]) -> None:
    """Show a command as code: in a sentence its two dashes would become one."""
    lines[:] = [_COMMAND.sub(r"``\1``", line) for line in lines]


def _leave_out(_app: Sphinx, _context: object, lines: list[str]) -> None:
    """Say nothing: below every command there are the same exit codes, which the page links to."""
    lines.clear()


def _linked_or_code(quoted: re.Match[str]) -> str:
    text = quoted[1].strip()
    if not _NAME.fullmatch(text):
        return f"``{text}``"
    # A dot in front finds a class in whatever module it is.
    return f"`.{text}`" if text[0].isupper() else f"`{text}`"
