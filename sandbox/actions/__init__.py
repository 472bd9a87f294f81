"""Actions of people in the client: type, click, choose, fill in and submit."""
