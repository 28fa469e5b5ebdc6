"""The ledger: what was intended and what came of it, with its hash chain."""
