"""Files of publishers on their way into the portal: recognised, read, checked, published."""
