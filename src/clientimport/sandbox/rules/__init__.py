"""The checks that the platforms share: each returns what is wrong in the platforms' words, or None."""
