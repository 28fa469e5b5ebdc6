"""The dialect of Accounton."""
