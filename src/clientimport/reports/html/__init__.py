"""The page: reports as one HTML file that needs nothing else."""
