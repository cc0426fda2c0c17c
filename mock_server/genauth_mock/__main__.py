"""``python -m genauth_mock`` is ``genauth-mock``."""

from genauth_mock.cli.main import main

main(prog_name="genauth-mock")
