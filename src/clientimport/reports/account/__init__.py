"""The state of an account: its clients, or those of a file, as tables, as a page with pictures and as a workbook."""
