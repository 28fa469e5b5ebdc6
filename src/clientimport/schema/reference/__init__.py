"""Reference data: countries, languages, cities, domains, and words that platforms and offices use."""
