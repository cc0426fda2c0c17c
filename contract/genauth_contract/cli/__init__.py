"""The command `genauth-contract`; without the packages of its extra it only says how to get them."""

from __future__ import annotations

import sys
from importlib.util import find_spec

if None in map(find_spec, ("click", "filelock", "httpx", "jsonschema", "pytest")):
    sys.exit("genauth-contract needs its extra: pip install 'aiogenauth[contract]'")
