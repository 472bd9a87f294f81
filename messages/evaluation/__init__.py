"""The evaluation report: what it says, and how it is written as a web page and as a PDF."""
