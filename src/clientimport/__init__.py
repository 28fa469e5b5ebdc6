"""Bring an accountant's clients onto online platforms from any spreadsheet, and invite them."""

__version__ = "0.1.0"
