"""What a client looks like: fields, types, derivations, checks and the platforms' own descriptions."""
