"""What the two sides keep together: places, organisations, acts, programmes and the rest."""
