"""What a sheet means: where its table begins and ends, which sheet it is on, what was left out."""
