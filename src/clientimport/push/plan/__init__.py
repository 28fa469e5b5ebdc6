"""What a push would do: the clients of a file against what the platform has already."""
