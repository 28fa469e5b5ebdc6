"""What public registers know of a client: Belgium's enterprises (KBO), the VAT numbers of the EU (VIES), Peppol."""
