"""The dialect of Banqup: Console and Partner Space."""
