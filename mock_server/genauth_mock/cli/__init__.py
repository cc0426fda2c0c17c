"""What stands behind the command ``genauth-mock``; each command's options are in cli."""
