"""The offline GenAuth."""
