"""An aiohttp service that lets its users bind their phone number."""
