"""What a scenario is, and how it is played."""
