"""What the platforms check, each rule saying what is wrong in the platforms' words, or None."""
