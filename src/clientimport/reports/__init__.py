"""Reports in many dresses: one report, a module per format."""
