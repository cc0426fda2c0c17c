"""The offline GenAuth inside tests: the pytest fixture, in process, respx, aiohttp."""
