"""Doing it: every client created once and mailed once, whatever happens on the way."""
