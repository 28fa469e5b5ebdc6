"""Plan, push, remember and undo: every client is created once and mailed once, also after a crash."""
