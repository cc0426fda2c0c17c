"""The command genauth-contract."""
