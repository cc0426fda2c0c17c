"""Measurements of the SDK and of the offline GenAuth: speed, endurance, malformed messages, and their pictures."""
