"""The page that sponsors get each month."""
