"""A FastAPI service that lets its users bind their phone number."""
