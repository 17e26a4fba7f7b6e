"""Pages of the trade of an area or a pair, and of the records of both sides of a flow."""
