"""Reports: one report in many formats, a module for each."""
