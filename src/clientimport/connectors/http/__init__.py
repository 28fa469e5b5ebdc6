"""HTTP as connectors speak it: sessions, rate limits, sign-in, answers."""
