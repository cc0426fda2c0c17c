"""What happens in every process that shares a Redis: told once, heard by all, and kept as one journal for all."""
