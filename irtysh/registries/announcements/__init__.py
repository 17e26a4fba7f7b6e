"""What will be published when, and what had to be corrected."""
