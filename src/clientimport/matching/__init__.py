"""Matching columns to canonical fields: headers, values, neighbours, known programs and saved profiles."""
