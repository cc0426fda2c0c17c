"""`pytest contract` plays the contract: the same plugin as in `genauth-contract run`."""

from __future__ import annotations

pytest_plugins = ["genauth_contract.plugin"]
