"""Everything under ``/_mock/``: what GenAuth does not have, for tests and for people."""
