"""An aiohttp service whose users sign in through the browser."""
