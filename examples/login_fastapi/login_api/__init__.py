"""A FastAPI service whose users sign in through the browser."""
