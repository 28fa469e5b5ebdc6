"""From a table and its mapping to a report and its clients: parse, derive, check."""
