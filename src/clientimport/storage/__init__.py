"""What is kept on this computer: files that are read whole and written atomically, and the keyring."""
