"""Plain data, and pure functions on text and columns; imports nothing else of the program but its errors."""
