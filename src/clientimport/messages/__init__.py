"""Messages: every sentence in four languages, by finding, error and phrase; and a finding as a sentence."""
