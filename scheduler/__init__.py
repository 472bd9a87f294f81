"""Everything that is driven by time: scheduled jobs, the minute ticker, and the delivery of notifications."""
