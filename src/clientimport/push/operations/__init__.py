"""Operations on a platform: create, update, invite, add contacts, share, find."""
