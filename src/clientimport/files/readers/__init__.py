"""Readers: one module per file format; each fills a sheet."""
