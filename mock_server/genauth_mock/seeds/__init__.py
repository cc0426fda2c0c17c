"""What an app starts with, read from a file and planted."""
