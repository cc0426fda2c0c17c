"""`python -m genauth_contract` is the command."""

from __future__ import annotations

from genauth_contract.cli.main import main

main(prog_name="genauth-contract")
