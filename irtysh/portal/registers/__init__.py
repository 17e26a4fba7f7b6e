"""Pages of the registers: one list and one record page, and what each register adds to them."""
