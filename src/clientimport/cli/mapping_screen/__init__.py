"""The mapping screen: every column and what it is taken for, changed by keyboard."""
