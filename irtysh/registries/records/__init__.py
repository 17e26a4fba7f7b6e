"""What every register shares: records with history, their listing, their files."""
