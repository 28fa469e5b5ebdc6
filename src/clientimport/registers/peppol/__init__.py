"""Peppol: who can receive electronic invoices, and through which access point."""
