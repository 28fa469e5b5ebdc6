"""VIES: which VAT numbers the member states of the EU know."""
