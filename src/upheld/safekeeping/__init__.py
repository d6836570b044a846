"""Safe keeping: the database and the stored files in one encrypted archive, and back; whole or not at all."""
