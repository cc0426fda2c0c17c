"""Ways to carry a request: aiohttp, and an httpx or httpx2 client of the caller."""
