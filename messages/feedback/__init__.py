"""The check-in and the closing survey: their forms."""
