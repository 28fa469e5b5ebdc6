"""The public registers, as far as a test or a demo needs them: VIES, and Peppol with its DNS."""
