"""Merging: several lists of the same clients become one, and what is not certain is asked."""
