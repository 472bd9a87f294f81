"""Home: the page that each person has of their own, what is on it, and what outdates it."""
