"""Settings: folders, config file, secrets and language. Only this package reads the environment."""
