"""The mapping screen: every column with its field, changed by keyboard."""
