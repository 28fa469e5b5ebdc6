"""The words: one folder per language, keyed by finding, error and phrase; and how a finding becomes a sentence."""
