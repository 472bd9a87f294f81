"""What people do in front of the app: they type, click, choose, fill in and submit."""
