"""The dialect of Billit."""
