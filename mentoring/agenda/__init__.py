"""The agenda of the first meeting of two people."""
